"""Masks that the model proposes: start a search, ask how far it is, end it."""

from typing import Any

from flask import Blueprint, request

from app.blueprints.current import json_body, services, uploaded_file
from app.blueprints.permissions import needs
from app.domain.image_record import StoredImage
from app.domain.proposal import ProposalPhase, ProposalState
from app.domain.user import Permission
from app.schemas.json_object import JsonObject
from app.schemas.prompt_schema import format_logits
from app.schemas.proposal_schema import (
    format_box_file,
    format_decisions,
    format_project_proposals,
    format_proposal_state,
    format_queue,
    parse_boxes,
    parse_decisions,
    parse_least,
)
from app.services.box_file import request_boxes_of_file

bp = Blueprint("proposals", __name__)


@bp.post("/api/images/<id:image_id>/proposals")
@needs(Permission.ANNOTATE)
def request_proposals(image_id: int) -> tuple[dict[str, Any], int]:
    """Start the search for all masks of an image, or join what runs."""
    image = services().images.stored(image_id)
    return _format_state(image, services().proposals.request(image)), 202


@bp.put("/api/images/<id:image_id>/proposals")
@needs(Permission.ANNOTATE)
def request_masks_of_boxes(image_id: int) -> tuple[dict[str, Any], int]:
    """Start making masks of the boxes of a detector, in place of earlier proposals."""
    image = services().images.stored(image_id)
    boxes = parse_boxes(JsonObject(json_body()))
    return format_proposal_state(services().proposals.request_boxes(image, boxes)), 202


@bp.get("/api/images/<id:image_id>/proposals")
@needs(Permission.READ)
def get_proposals(image_id: int) -> dict[str, Any]:
    """Say how far the search is, and what it found."""
    image = services().images.stored(image_id)
    return _format_state(image, services().proposals.state(image))


@bp.put("/api/images/<id:image_id>/proposals/decisions")
@needs(Permission.ANNOTATE)
def decide_proposals(image_id: int) -> dict[str, Any]:
    """Keep which proposals are no longer offered, in place of what was kept before."""
    image = services().images.stored(image_id)
    decisions = parse_decisions(JsonObject(json_body()))
    return format_decisions(services().proposal_reviews.decide(image, decisions))


@bp.delete("/api/images/<id:image_id>/proposals")
@needs(Permission.ANNOTATE)
def cancel_proposals(image_id: int) -> tuple[str, int]:
    """End a search, or forget what it found."""
    services().proposals.cancel(services().images.stored(image_id))
    return "", 204


@bp.get("/api/images/<id:image_id>/proposals/<id:number>/logits")
@needs(Permission.READ)
def get_proposal_logits(image_id: int, number: int) -> dict[str, Any]:
    """Send the logits of one proposal."""
    image = services().images.stored(image_id)
    return {"low_res_logits": format_logits(services().proposals.logits(image, number))}


@bp.post("/api/projects/<id:project_id>/proposals")
@needs(Permission.ANNOTATE)
def request_project_proposals(project_id: int) -> tuple[dict[str, Any], int]:
    """Start the search of all images of a project that were not searched yet."""
    images = services().images.list_all(project_id)
    return format_project_proposals(services().proposals.request_all(images)), 202


@bp.get("/api/projects/<id:project_id>/proposals")
@needs(Permission.READ)
def get_project_proposals(project_id: int) -> dict[str, Any]:
    """Say how many images of a project are searched, and which could not be."""
    images = services().images.list_all(project_id)
    return format_project_proposals(services().proposals.state_of_all(images))


@bp.get("/api/projects/<id:project_id>/proposals/queue")
@needs(Permission.READ)
def get_proposal_queue(project_id: int) -> dict[str, Any]:
    """List the images where proposals wait for a decision, the surest ones first."""
    least_iou, least_stability = (
        parse_least(request.args.get(name), name) for name in ("predicted_iou", "stability")
    )
    images = services().images.list_all(project_id)
    return format_queue(services().proposal_reviews.queue(images, least_iou, least_stability))


@bp.post("/api/projects/<id:project_id>/proposals/boxes")
@needs(Permission.ANNOTATE)
def request_masks_of_box_file(project_id: int) -> tuple[dict[str, Any], int]:
    """Start making masks of all boxes in a detector's file, in place of earlier proposals."""
    images = services().images.list_all(project_id)
    report = request_boxes_of_file(services().proposals, images, uploaded_file().stream)
    return format_box_file(report), 202


@bp.delete("/api/projects/<id:project_id>/proposals")
@needs(Permission.ANNOTATE)
def cancel_project_proposals(project_id: int) -> tuple[str, int]:
    """End the searches of a project; what was found already stays."""
    services().proposals.cancel_all(services().images.list_all(project_id))
    return "", 204


def _format_state(image: StoredImage, state: ProposalState) -> dict[str, Any]:
    if state.phase is not ProposalPhase.DONE:
        return format_proposal_state(state)
    return format_proposal_state(state, services().proposal_reviews.decisions(image))
