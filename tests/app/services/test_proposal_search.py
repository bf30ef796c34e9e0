from __future__ import annotations

import pytest

from app.services import proposal_search
from app.services.served_model import ServedModel
from sam_core.checkpoints import model_id
from sam_core.masks.rle import rle_area
from tests.helpers.builders import noise_image, tiny_hybrid_sam


@pytest.fixture
def model() -> ServedModel:
    sam = tiny_hybrid_sam()
    return ServedModel(sam, "tiny", model_id(sam))


def test_masks_of_boxes_are_numbered_best_first(model: ServedModel) -> None:
    boxes = [(5.0, 5.0, 30.0, 30.0), (10.0, 2.0, 50.0, 38.0), (0.0, 0.0, 12.0, 9.0)]
    shares: list[float] = []
    found = proposal_search.search_boxes(model, noise_image(40, 60), shares.append, boxes)
    assert [proposal.number for proposal in found] == list(range(1, len(found) + 1))
    assert 0 < len(found) <= 3
    scores = [proposal.predicted_iou for proposal in found]
    assert scores == sorted(scores, reverse=True)
    assert shares[-1] == 1.0


def test_proposals_are_numbered_best_first_and_measured(model: ServedModel) -> None:
    wish = proposal_search.SearchWish(points_per_side=8, most_masks=9, least_iou=0.0)
    shares: list[float] = []
    found = proposal_search.search(model, noise_image(40, 60), shares.append, wish)
    assert [proposal.number for proposal in found] == list(range(1, len(found) + 1))
    assert 0 < len(found) <= 9
    assert shares[-1] == 1.0
    scores = [proposal.predicted_iou for proposal in found]
    assert scores == sorted(scores, reverse=True)
    for proposal in found:
        assert proposal.measures.area == rle_area(proposal.mask.to_coco())
        assert len(proposal.low_res_logits.data) == 2 * 16 * 16
        assert proposal.parent is None or found[proposal.parent - 1].measures.area > (
            proposal.measures.area
        )
