"""Working together: reviews, assignments, who is on an image."""

from typing import Any

from flask import Blueprint

from app.blueprints.current import json_body, services
from app.blueprints.permissions import author_of_request, caller, needs
from app.domain.user import Permission
from app.schemas.review_schema import (
    format_assignment,
    format_review,
    parse_assignment,
    parse_review,
)

bp = Blueprint("teamwork", __name__, url_prefix="/api")


@bp.get("/projects/<id:project_id>/teamwork")
@needs(Permission.READ)
def project_teamwork(project_id: int) -> dict[str, Any]:
    """List the verdicts of a project that count, and who shall work on which image."""
    teamwork = services().teamwork
    reviews = teamwork.current_reviews(project_id)
    assignments = teamwork.assignments(project_id)
    return {
        "reviews": [format_review(review) for review in reviews],
        "assignments": [format_assignment(assignment) for assignment in assignments],
    }


@bp.post("/projects/<id:project_id>/assignments")
@needs(Permission.ORGANISE)
def assign_images(project_id: int) -> dict[str, Any]:
    """Give images to a user, or to nobody, all of them or none."""
    wish = parse_assignment(json_body())
    assignments = services().teamwork.assign(project_id, wish.image_ids, wish.user_id)
    return {"assignments": [format_assignment(assignment) for assignment in assignments]}


@bp.get("/images/<id:image_id>/reviews")
@needs(Permission.READ)
def list_reviews(image_id: int) -> dict[str, Any]:
    """List all verdicts about an image and its objects, newest first."""
    reviews = services().teamwork.history(image_id)
    return {"reviews": [format_review(review) for review in reviews]}


@bp.post("/images/<id:image_id>/reviews")
@needs(Permission.REVIEW)
def add_review(image_id: int) -> tuple[dict[str, Any], int]:
    """Accept or reject an image or one of its objects, or take that back."""
    new = parse_review(json_body(), author_of_request())
    review, state = services().teamwork.review(image_id, new)
    return {"review": format_review(review), "image_state": state.value}, 201


@bp.post("/images/<id:image_id>/presence")
@needs(Permission.READ)
def note_presence(image_id: int) -> dict[str, Any]:
    """Say that one is on an image, for some seconds; the answer names the others there."""
    image = services().images.stored(image_id)
    return {"people": services().presence.note(image.id, _own_name())}


@bp.delete("/images/<id:image_id>/presence")
@needs(Permission.READ)
def leave_image(image_id: int) -> tuple[str, int]:
    """Say that one left an image."""
    image = services().images.stored(image_id)
    services().presence.leave(image.id, _own_name())
    return "", 204


def _own_name() -> str:
    user = caller().user
    return user.name if user else ""
