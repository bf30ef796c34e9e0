"""The decoder in Python."""

from typing import Any

from flask import Blueprint

from app.blueprints.current import json_body, services
from app.blueprints.permissions import needs
from app.domain.user import Permission
from app.schemas.decode_schema import format_decode_result, parse_decode_request

bp = Blueprint("masks", __name__)


@bp.post("/api/images/<id:image_id>/decode")
@needs(Permission.ANNOTATE)
def decode(image_id: int) -> dict[str, Any]:
    """Return the candidates for the prompts of one object."""
    image = services().images.stored(image_id)
    wanted = parse_decode_request(json_body(), image.size_hw)
    result = services().decoding.decode(image, wanted.prompts, wanted.mask_input, wanted.crop)
    return format_decode_result(result)
