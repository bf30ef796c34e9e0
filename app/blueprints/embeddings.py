"""The embedding of an image: ask for it, watch it, fetch it."""

from typing import Any

from flask import Blueprint, Response

from app.blueprints.current import send_served, services
from app.blueprints.permissions import needs
from app.domain.user import Permission
from app.schemas.image_schema import format_embedding_state

bp = Blueprint("embeddings", __name__, url_prefix="/api/images/<id:image_id>/embedding")


@bp.post("")
@needs(Permission.READ)
def request_embedding(image_id: int) -> tuple[dict[str, Any], int]:
    """Start the embedding or join what runs; a failed one starts anew."""
    image, embeddings = services().images.get(image_id), services().embeddings
    state = embeddings.request(image)
    return format_embedding_state(state, image.id, embeddings.key(image).etag), 202


@bp.delete("")
@needs(Permission.READ)
def release_embedding(image_id: int) -> tuple[str, int]:
    """Wait for the embedding no longer: others go first. What is ready stays."""
    services().embeddings.release(services().images.get(image_id))
    return "", 204


@bp.post("/expected")
@needs(Permission.READ)
def expect_embedding(image_id: int) -> tuple[dict[str, Any], int]:
    """Say that the embedding is wanted soon: it is made when nobody waits for another."""
    image, embeddings = services().images.get(image_id), services().embeddings
    state = embeddings.expect(image)
    return format_embedding_state(state, image.id, embeddings.key(image).etag), 202


@bp.get("/state")
@needs(Permission.READ)
def embedding_state(image_id: int) -> dict[str, Any]:
    """Say how far the embedding is."""
    image, embeddings = services().images.get(image_id), services().embeddings
    return format_embedding_state(embeddings.state(image), image.id, embeddings.key(image).etag)


@bp.get("")
@needs(Permission.READ)
def embedding(image_id: int) -> Response:
    """Send the embedding."""
    return send_served(services().embeddings.file(services().images.get(image_id)))
