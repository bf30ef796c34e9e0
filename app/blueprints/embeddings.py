"""The embedding of an image, or of a part of it: ask for it, watch it, fetch it."""

from typing import Any

from flask import Blueprint, Response, request

from app.blueprints.current import send_served, services
from app.blueprints.permissions import needs
from app.domain.embedding import Crop, EmbeddingState
from app.domain.image_record import StoredImage
from app.domain.user import Permission
from app.schemas.crop_schema import parse_crop_argument
from app.schemas.image_schema import format_embedding_state

bp = Blueprint("embeddings", __name__, url_prefix="/api/images/<id:image_id>/embedding")


@bp.post("")
@needs(Permission.READ)
def request_embedding(image_id: int) -> tuple[dict[str, Any], int]:
    """Start the embedding or join what runs; a failed one starts anew."""
    image, crop = _asked(image_id)
    return _format(services().embeddings.request(image, crop), image, crop), 202


@bp.delete("")
@needs(Permission.READ)
def release_embedding(image_id: int) -> tuple[str, int]:
    """Wait for the embedding no longer: others go first. What is ready stays."""
    services().embeddings.release(*_asked(image_id))
    return "", 204


@bp.post("/expected")
@needs(Permission.READ)
def expect_embedding(image_id: int) -> tuple[dict[str, Any], int]:
    """Say that the embedding is wanted soon: it is made when nobody waits for another."""
    image, crop = _asked(image_id)
    return _format(services().embeddings.expect(image, crop), image, crop), 202


@bp.get("/state")
@needs(Permission.READ)
def embedding_state(image_id: int) -> dict[str, Any]:
    """Say how far the embedding is."""
    image, crop = _asked(image_id)
    return _format(services().embeddings.state(image, crop), image, crop)


@bp.get("")
@needs(Permission.READ)
def embedding(image_id: int) -> Response:
    """Send the embedding."""
    return send_served(services().embeddings.file(*_asked(image_id)))


def _asked(image_id: int) -> tuple[StoredImage, Crop | None]:
    image = services().images.stored(image_id)
    return image, parse_crop_argument(request.args.get("crop"), image.size_hw)


def _format(state: EmbeddingState, image: StoredImage, crop: Crop | None) -> dict[str, Any]:
    etag = services().embeddings.key(image, crop).etag
    return format_embedding_state(state, image.id, etag, crop)
