"""Masks that the model proposes: start a search, ask how far it is, end it."""

from typing import Any

from flask import Blueprint

from app.blueprints.current import services
from app.schemas.prompt_schema import format_logits
from app.schemas.proposal_schema import format_proposal_state

bp = Blueprint("proposals", __name__)


@bp.post("/api/images/<id:image_id>/proposals")
def request_proposals(image_id: int) -> tuple[dict[str, Any], int]:
    """Start the search for all masks of an image, or join what runs."""
    image = services().images.get(image_id)
    return format_proposal_state(services().proposals.request(image)), 202


@bp.get("/api/images/<id:image_id>/proposals")
def get_proposals(image_id: int) -> dict[str, Any]:
    """Say how far the search is, and what it found."""
    return format_proposal_state(services().proposals.state(services().images.get(image_id)))


@bp.delete("/api/images/<id:image_id>/proposals")
def cancel_proposals(image_id: int) -> tuple[str, int]:
    """End a search, or forget what it found."""
    services().proposals.cancel(services().images.get(image_id))
    return "", 204


@bp.get("/api/images/<id:image_id>/proposals/<id:number>/logits")
def get_proposal_logits(image_id: int, number: int) -> dict[str, Any]:
    """Send the logits of one proposal."""
    image = services().images.get(image_id)
    return {"low_res_logits": format_logits(services().proposals.logits(image, number))}
