"""Proposals as JSON."""

from dataclasses import asdict
from typing import Any

from app.domain.box_file import BoxFileReport
from app.domain.proposal import ProjectProposals, Proposal, ProposalState
from app.errors import UnprocessableError
from app.schemas.annotation_schema import format_mask
from app.schemas.json_object import JsonObject
from app.schemas.prompt_schema import parse_box

MAX_BOXES = 5000


def parse_boxes(body: JsonObject) -> tuple[tuple[float, float, float, float], ...]:
    """Return the field ``boxes``: left, top, right, bottom in pixels of the image.

    Raises:
        InvalidRequestError: If the field is missing, or a value is no finite number.
        UnprocessableError: If there are too many or none, or a box has no area.
    """
    boxes = body.items("boxes")
    if not 0 < len(boxes) <= MAX_BOXES:
        raise UnprocessableError(
            "boxes_invalid",
            f"boxes must be from 1 to {MAX_BOXES}, got {len(boxes)}",
            "send the boxes of one image, the surest first",
        )
    return tuple(parse_box(box if isinstance(box, list) else [box]) for box in boxes)


def format_proposal_state(state: ProposalState) -> dict[str, Any]:
    """Return the proposals of an image; their logits are asked for one by one."""
    return {
        "state": state.phase.value,
        "share": round(state.share, 3),
        "model_id": state.model_id,
        "error": state.error,
        "proposals": [_format_proposal(proposal) for proposal in state.proposals],
    }


def format_project_proposals(state: ProjectProposals) -> dict[str, Any]:
    """Return how far a project is."""
    return {
        "total": state.total,
        "done": state.done,
        "waiting": state.waiting,
        "failed": state.failed,
        "failures": [asdict(failure) for failure in state.failures],
    }


def format_box_file(report: BoxFileReport) -> dict[str, Any]:
    """Return what came of a file of boxes."""
    return {
        "image_ids": list(report.image_ids),
        "boxes": report.boxes,
        "damaged": report.damaged,
        "left_out_count": report.left_out_count,
        "left_out": [asdict(one) for one in report.left_out],
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
