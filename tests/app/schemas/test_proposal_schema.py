from __future__ import annotations

from app.domain.proposal import ProposalPhase, ProposalState
from app.schemas.proposal_schema import format_proposal_state
from tests.app.services.test_proposal_service import FOUND


def test_a_proposal_is_written_in_the_words_of_coco() -> None:
    state = ProposalState(ProposalPhase.DONE, "model", 1.0, (FOUND,))
    assert format_proposal_state(state) == {
        "state": "done",
        "share": 1.0,
        "model_id": "model",
        "error": None,
        "proposals": [
            {
                "number": 1,
                "segmentation": {"size": [8, 8], "counts": "0P2"},
                "area": 64,
                "bbox": [0, 0, 8, 8],
                "predicted_iou": 0.9,
                "stability_score": 0.8,
                "point": {"x": 4.5, "y": 4.0, "label": 1},
                "parent": None,
            }
        ],
        "rejected": [],
        "accepted": [],
    }
