"""Small pictures of images with their masks drawn on them, made when first asked for."""

import hashlib
import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.domain.annotation import Annotation
from app.domain.image_record import ImageRecord
from app.domain.served_file import ServedFile
from app.services.image_versions import THUMBNAIL_QUALITY, ImageVersions, encode_image
from app.storage.annotation_store import AnnotationStore
from app.storage.category_store import CategoryStore
from app.storage.file_store import FileStore
from sam_core.masks.rle import sample_rle

FILL_OPACITY = 0.42
_NO_COLOR = "#a4a9b1"


class MaskedThumbnails:
    """Finds or draws the thumbnail of an image as it is annotated now.

    Args:
        files: The data folder.
        versions: For the thumbnail without masks.
        annotations: The masks.
        categories: Their colours.
    """

    def __init__(
        self,
        files: FileStore,
        versions: ImageVersions,
        annotations: AnnotationStore,
        categories: CategoryStore,
    ) -> None:
        self._files = files
        self._versions = versions
        self._annotations = annotations
        self._categories = categories

    def get(self, image: ImageRecord) -> ServedFile:
        """Return a small JPEG; without masks it is the plain thumbnail.

        Raises:
            AppError: If the original is gone or cannot be read any more.
        """
        plain = self._versions.thumbnail(image)
        revisions = self._annotations.list_revisions(image.id)
        if not revisions:
            return plain
        colors = self._colors(image.project_id)
        shown = [(*revision, colors.get(revision[2], _NO_COLOR)) for revision in revisions]
        drawn = hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32]
        path = self._files.masked_thumbnail_path(image.file.sha256, drawn)
        if not path.is_file():
            with Image.open(plain.path) as picture:
                pixels = np.array(picture.convert("RGB"))
            for annotation in self._annotations.list_for_image(image.id):
                draw_mask(pixels, annotation, colors.get(annotation.content.category_id, _NO_COLOR))
            content = encode_image(Image.fromarray(pixels), "image/jpeg", THUMBNAIL_QUALITY)
            self._files.save_alone(path, content)
        return ServedFile(path, "image/jpeg", f"masked-{drawn}")

    def _colors(self, project_id: int) -> dict[int, str]:
        categories = self._categories.list_all(project_id)
        return {category.id: category.content.color for category in categories}


def draw_mask(pixels: NDArray[np.uint8], annotation: Annotation, color: str) -> None:
    """Draw a mask on a small picture of its image: filled, with an outline of one pixel.

    Args:
        pixels: (height, width, 3), changed in place.
        annotation: Whose mask.
        color: ``#rrggbb``.
    """
    mask = annotation.content.mask
    left, top, width, height = annotation.measures.bbox_xywh
    rows, from_row = _samples(top, height, mask.height, pixels.shape[0])
    columns, from_column = _samples(left, width, mask.width, pixels.shape[1])
    inside = sample_rle(mask.to_coco(), rows, columns)
    rgb = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.float64)
    part = pixels[from_row : from_row + rows.size, from_column : from_column + columns.size]
    if not inside.any():  # smaller than a pixel of the picture
        part[rows.size // 2, columns.size // 2] = rgb
        return
    part[inside] = (1 - FILL_OPACITY) * part[inside] + FILL_OPACITY * rgb
    part[inside & ~_eroded(inside)] = rgb


def _samples(
    start: int, length: int, of_image: int, of_picture: int
) -> tuple[NDArray[np.int64], int]:
    """Return the pixels of the image to look at, and the first pixel of the picture."""
    first = min(start * of_picture // of_image, of_picture - 1)
    last = min((start + length - 1) * of_picture // of_image, of_picture - 1)
    shown = np.arange(first, last + 1)
    return ((shown + 0.5) * of_image / of_picture).astype(np.int64), first


def _eroded(inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    padded = np.pad(inside, 1)
    neighbours: Sequence[NDArray[np.bool_]] = (
        padded[:-2, 1:-1],
        padded[2:, 1:-1],
        padded[1:-1, :-2],
        padded[1:-1, 2:],
    )
    kept: NDArray[np.bool_] = np.logical_and.reduce(neighbours)
    return kept
