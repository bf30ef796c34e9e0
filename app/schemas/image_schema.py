"""Images as JSON."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from app.domain.embedding import Crop, EmbeddingPhase, EmbeddingState
from app.domain.image_record import ImageRecord, ImageState
from app.schemas.json_object import JsonObject

LONGEST_PATH = 4096


@dataclass(frozen=True, slots=True)
class FolderRequest:
    """A wish to add the images of a folder.

    Attributes:
        path: On the server.
    """

    path: str


def parse_folder_request(values: Any) -> FolderRequest:
    """Return the checked request.

    Raises:
        InvalidRequestError: If the path is missing or no text.
    """
    return FolderRequest(JsonObject(values).text("path", longest=LONGEST_PATH))


def parse_image_state(values: Any) -> ImageState:
    """Return the checked state of an image.

    Raises:
        InvalidRequestError: If it is missing or none of the states.
    """
    return JsonObject(values).choice("state", ImageState)


def format_embedding_state(
    state: EmbeddingState, image_id: int, etag: str, crop: Crop | None = None
) -> dict[str, Any]:
    """Return the state of an embedding, with its address once it is ready.

    Args:
        state: At this moment.
        image_id: Of the image.
        etag: Names the embedding; under an address that ends with it, it never changes.
        crop: The part of the image that it is of; ``None`` for all of it.
    """
    part = crop and (crop.left, crop.top, crop.width, crop.height)
    query = {"crop": ",".join(map(str, part))} if part else {}
    address = f"/api/images/{image_id}/embedding?{urlencode({**query, 'v': etag}, safe=',')}"
    return {
        "state": state.phase.value,
        "eta_s": state.eta_s,
        "queue_position": state.queue_position,
        "error": state.error,
        "url": address if state.phase is EmbeddingPhase.READY else None,
    }


def format_image(image: ImageRecord, embedding: dict[str, Any]) -> dict[str, Any]:
    """Return an image as JSON.

    Args:
        image: From the library.
        embedding: What `format_embedding_state` gave for it.
    """
    file = image.file
    version = urlencode({"v": file.sha256[:32]})
    return {
        "id": image.id,
        "project_id": image.project_id,
        "state": image.state.value,
        "file_name": file.file_name,
        "width": file.width,
        "height": file.height,
        "sha256": file.sha256,
        "created_at": image.created_at,
        "annotation_count": image.annotation_count,
        "pixels_url": f"/api/images/{image.id}/pixels?{version}",
        **format_thumbnails(image),
        "embedding": embedding,
    }


def format_thumbnails(image: ImageRecord) -> dict[str, str]:
    """Return the addresses of the small pictures of an image.

    The one with masks changes with them; a cache asks again each time it is shown.
    """
    version = urlencode({"v": image.file.sha256[:32]})
    masks = urlencode({"masks": image.masks_version})
    return {
        "thumbnail_url": f"/api/images/{image.id}/thumbnail?{version}",
        "masked_thumbnail_url": f"/api/images/{image.id}/masked-thumbnail?{masks}",
    }
