"""The model that is served, its decoder for the browser, and the others that could be."""

from typing import Any

from flask import Blueprint, Response

from app.blueprints.current import send_served, services
from app.blueprints.permissions import needs
from app.domain.user import Permission
from app.errors import ConflictError
from app.schemas.model_schema import format_choices, format_model

bp = Blueprint("models", __name__)


@bp.get("/api/model")
@needs(Permission.READ)
def describe_model() -> tuple[dict[str, Any], int]:
    """Describe the model; the first call for a public checkpoint starts the decoder's export."""
    services().models.follow()
    model = services().decoder_file.describe_model()
    answer = format_model(model, services().models.takes_logits_of())
    return answer, 202 if model.decoder_etag is None else 200


@bp.get("/api/model/decoder.onnx")
@needs(Permission.READ)
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


@bp.get("/api/models")
@needs(Permission.READ)
def list_models() -> dict[str, Any]:
    """List the model of the settings and what was tuned from it, and say which one answers."""
    services().models.follow()
    return _choices()


@bp.post("/api/models/<model_id>/use")
@needs(Permission.ORGANISE)
def use_model(model_id: str) -> dict[str, Any]:
    """Serve a model from now on; every open page follows within seconds."""
    services().models.use(model_id)
    return _choices()


def _choices() -> dict[str, Any]:
    models = services().models
    return format_choices(models.list_choices(), models.previous())
