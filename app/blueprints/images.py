"""Images: add, list, delete, fetch."""

from typing import Any

from flask import Blueprint, Response

from app.blueprints.current import asked_project, json_body, send_served, services, uploaded_file
from app.blueprints.permissions import caller, check_permission, needs
from app.domain.image_record import ImageRecord, ImageState
from app.domain.user import Permission
from app.schemas.image_schema import (
    format_embedding_state,
    format_image,
    parse_folder_request,
    parse_image_state,
)

bp = Blueprint("images", __name__, url_prefix="/api/images")


@bp.get("")
@needs(Permission.READ)
def list_images() -> dict[str, Any]:
    """List the images of a project, or of all."""
    images = services().images.list_all(asked_project())
    return {"images": [_format(image) for image in images]}


@bp.post("")
@needs(Permission.ORGANISE)
def add_image() -> tuple[dict[str, Any], int]:
    """Keep an uploaded image; 200 if the same bytes are there already, else 201."""
    upload = uploaded_file()
    image, is_new = services().images.add(upload.filename or "", upload.read(), asked_project())
    return _format(image), 201 if is_new else 200


@bp.post("/from-folder")
@needs(Permission.ORGANISE)
def add_folder() -> dict[str, Any]:
    """Keep the images of a folder on the server."""
    result = services().images.add_folder(parse_folder_request(json_body()).path, asked_project())
    skipped = [{"file_name": file.file_name, **file.reason.to_json()} for file in result.skipped]
    return {"images": [_format(image) for image in result.images], "skipped": skipped}


@bp.get("/<id:image_id>")
@needs(Permission.READ)
def get_image(image_id: int) -> dict[str, Any]:
    """Describe one image."""
    return _format(services().images.get(image_id))


@bp.patch("/<id:image_id>")
@needs(Permission.ANNOTATE)
def change_image(image_id: int) -> dict[str, Any]:
    """Say how far an image is."""
    state = parse_image_state(json_body())
    if state is ImageState.REVIEWED:
        check_permission(caller(), Permission.REVIEW)
    return _format(services().images.set_state(image_id, state))


@bp.delete("/<id:image_id>")
@needs(Permission.ORGANISE)
def delete_image(image_id: int) -> tuple[str, int]:
    """Delete an image; adding the same file again brings it back with its annotations."""
    services().images.delete(image_id)
    return "", 204


@bp.get("/<id:image_id>/pixels")
@needs(Permission.READ)
def pixels(image_id: int) -> Response:
    """Send the upright image in a format that browsers show."""
    return send_served(services().versions.pixels(services().images.stored(image_id)))


@bp.get("/<id:image_id>/thumbnail")
@needs(Permission.READ)
def thumbnail(image_id: int) -> Response:
    """Send a small upright JPEG."""
    return send_served(services().versions.thumbnail(services().images.stored(image_id)))


@bp.get("/<id:image_id>/masked-thumbnail")
@needs(Permission.READ)
def masked_thumbnail(image_id: int) -> Response:
    """Send a small upright JPEG with the masks drawn on it."""
    return send_served(services().masked_thumbnails.get(services().images.get(image_id)))


@bp.get("/<id:image_id>/original")
@needs(Permission.READ)
def original(image_id: int) -> Response:
    """Send the bytes as they came."""
    image = services().images.stored(image_id)
    return send_served(services().versions.original(image), as_attachment=True)


def _format(image: ImageRecord) -> dict[str, Any]:
    embeddings = services().embeddings
    state = embeddings.state(image)
    return format_image(image, format_embedding_state(state, image.id, embeddings.key(image).etag))
