"""Whether the server is there."""

from typing import Any

from flask import Blueprint

from app.blueprints.current import services

bp = Blueprint("health", __name__)


@bp.get("/api/health")
def health() -> dict[str, Any]:
    """Say that the server runs, and with which model."""
    model = services().model
    return {"status": "ok", "model_id": model.model_id, "model_name": model.name}
