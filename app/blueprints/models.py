"""The model, and its decoder for the browser."""

from typing import Any

from flask import Blueprint, Response

from app.blueprints.current import send_served, services
from app.schemas.model_schema import format_model

bp = Blueprint("models", __name__)


@bp.get("/api/model")
def describe_model() -> dict[str, Any]:
    """Describe the model; the first call for a public checkpoint exports its decoder."""
    return format_model(services().decoder_file.describe_model())


@bp.get("/api/model/decoder.onnx")
def decoder() -> Response:
    """Send the decoder."""
    return send_served(services().decoder_file.get())
