"""Proposals as JSON."""

from typing import Any

from app.domain.proposal import Proposal, ProposalState
from app.schemas.annotation_schema import format_mask


def format_proposal_state(state: ProposalState) -> dict[str, Any]:
    """Return the proposals of an image; their logits are asked for one by one."""
    return {
        "state": state.phase.value,
        "share": round(state.share, 3),
        "model_id": state.model_id,
        "error": state.error,
        "proposals": [_format_proposal(proposal) for proposal in state.proposals],
    }


def _format_proposal(proposal: Proposal) -> dict[str, Any]:
    x, y = proposal.point_xy
    return {
        "number": proposal.number,
        **format_mask(proposal.mask, proposal.measures),
        "predicted_iou": proposal.predicted_iou,
        "stability_score": proposal.stability_score,
        "point": {"x": x, "y": y, "label": 1},
        "parent": proposal.parent,
    }
