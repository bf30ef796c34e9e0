"""Learning from accepted masks: what there is, start, follow, resume, end."""

from typing import Any

from flask import Blueprint

from app.blueprints.current import json_body, services
from app.blueprints.permissions import needs
from app.domain.user import Permission
from app.schemas.tuning_schema import (
    format_material,
    format_tuning_state,
    parse_tuning_request,
)

bp = Blueprint("tuning", __name__)


@bp.get("/api/projects/<id:project_id>/lessons")
@needs(Permission.READ)
def read_lessons(project_id: int) -> dict[str, Any]:
    """Say how much a project gives to learn from, and how much is needed."""
    return format_material(services().tuning.material(project_id))


@bp.get("/api/tuning")
@needs(Permission.READ)
def get_tuning() -> dict[str, Any]:
    """Say how far the newest run is."""
    return format_tuning_state(services().tuning.state())


@bp.post("/api/tuning")
@needs(Permission.ORGANISE)
def start_tuning() -> tuple[dict[str, Any], int]:
    """Start a run that tunes the decoder in a process of its own, or let one go on."""
    request = parse_tuning_request(json_body())
    tuning = services().tuning
    state = tuning.resume() if request is None else tuning.start(request)
    return format_tuning_state(state), 202


@bp.delete("/api/tuning")
@needs(Permission.ORGANISE)
def cancel_tuning() -> tuple[str, int]:
    """End the run and forget it; what was tuned before stays."""
    services().tuning.cancel()
    return "", 204
