"""An image that was added, as the server knows it."""

from dataclasses import dataclass
from enum import StrEnum


class ImageState(StrEnum):
    """How far the annotation of an image is."""

    NEW = "new"
    IN_WORK = "in_work"
    DONE = "done"
    REVIEWED = "reviewed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class NewImage:
    """An image that passed all checks and is not in the store yet.

    Attributes:
        file_name: Name under which it came; for people and for exports, never a path.
        width: Of the upright image, in pixels.
        height: Of the upright image, in pixels.
        sha256: Hash of the original bytes, hexadecimal; names the file in the store.
        byte_count: Length of the original file.
        media_type: MIME type of the original file.
        pixels_media_type: MIME type of the upright version for the browser.
        is_original_shown: Whether the browser may be given the original bytes as they are.
    """

    file_name: str
    width: int
    height: int
    sha256: str
    byte_count: int
    media_type: str
    pixels_media_type: str
    is_original_shown: bool


@dataclass(frozen=True, slots=True)
class StoredImage:
    """An image in the store, without what its masks say: that has to be counted.

    Attributes:
        id: From 1, never used twice.
        file: What was found out about it when it came.
    """

    id: int
    file: NewImage

    @property
    def size_hw(self) -> tuple[int, int]:
        """Height and width of the upright image."""
        return self.file.height, self.file.width


@dataclass(frozen=True, slots=True)
class ImageRecord(StoredImage):
    """An image in the store, and how far its annotation is.

    Attributes:
        created_at: UTC, ISO 8601.
        annotation_count: Kept masks that are not deleted.
        project_id: The project that it belongs to.
        state: How far its annotation is.
        masks_version: Changes with every change of the kept masks.
    """

    created_at: str
    annotation_count: int
    project_id: int = 1
    state: ImageState = ImageState.NEW
    masks_version: str = ""
