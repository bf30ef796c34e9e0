"""The model, and its decoder for the browser."""

from typing import Any

from flask import Blueprint, Response

from app.blueprints.current import send_served, services
from app.errors import ConflictError
from app.schemas.model_schema import format_model

bp = Blueprint("models", __name__)


@bp.get("/api/model")
def describe_model() -> tuple[dict[str, Any], int]:
    """Describe the model; the first call for a public checkpoint starts the decoder's export."""
    model = services().decoder_file.describe_model()
    return format_model(model), 202 if model.decoder_etag is None else 200


@bp.get("/api/model/decoder.onnx")
def decoder() -> Response:
    """Send the decoder.

    Raises:
        ConflictError: If it is still being exported.
    """
    decoder = services().decoder_file.get_soon()
    if decoder is None:
        raise ConflictError(
            "decoder_not_ready",
            "the decoder must be exported first, got one under way",
            "ask /api/model until it names a decoder_url",
        )
    return send_served(decoder)
