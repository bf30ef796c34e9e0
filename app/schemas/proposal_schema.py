"""Proposals as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.domain.box_file import BoxFileReport
from app.domain.proposal import ProjectProposals, Proposal, ProposalState
from app.domain.proposal_review import ProposalDecisions, QueuedImage
from app.errors import InvalidRequestError, UnprocessableError
from app.schemas.annotation_schema import format_mask
from app.schemas.json_object import JsonObject, check_integer, check_number
from app.schemas.prompt_schema import parse_box

MAX_BOXES = 5000
NO_DECISIONS = ProposalDecisions()


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


def parse_decisions(body: JsonObject) -> ProposalDecisions:
    """Return the fields ``rejected`` and ``accepted``: numbers of proposals, none where missing.

    Raises:
        InvalidRequestError: If a field is no list, or a value is no whole number.
    """
    rejected, accepted = (
        frozenset(check_integer(number, name) for number in body.items(name))
        for name in ("rejected", "accepted")
    )
    return ProposalDecisions(rejected, accepted)


def parse_least(text: str | None, name: str) -> float:
    """Return a threshold of an address; without one, 0.

    Raises:
        InvalidRequestError: If it is no number.
    """
    try:
        return check_number(float(text or 0), name)
    except ValueError as error:
        raise InvalidRequestError(
            "field_invalid",
            f"{name} must be a number from 0 to 1, got {text!r:.40}",
            "leave it out, or send a number",
        ) from error


def format_queue(queue: Sequence[QueuedImage]) -> dict[str, Any]:
    """Return the images where proposals are open."""
    return {"images": [asdict(image) for image in queue]}


def format_decisions(decisions: ProposalDecisions) -> dict[str, Any]:
    """Return numbers of proposals that are no longer offered."""
    return {"rejected": sorted(decisions.rejected), "accepted": sorted(decisions.accepted)}


def format_proposal_state(
    state: ProposalState, decisions: ProposalDecisions = NO_DECISIONS
) -> dict[str, Any]:
    """Return the proposals of an image; their logits are asked for one by one."""
    return {
        "state": state.phase.value,
        "share": round(state.share, 3),
        "model_id": state.model_id,
        "error": state.error,
        "proposals": [_format_proposal(proposal) for proposal in state.proposals],
        **format_decisions(decisions),
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
