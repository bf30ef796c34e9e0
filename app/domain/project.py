"""A project: photographs with the classes that they are annotated with."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.image_record import ImageRecord, ImageState


class OverlapPolicy(StrEnum):
    """What a new or changed mask does to pixels that another object of the image has."""

    ALLOWED = "allowed"
    EXCLUSIVE = "exclusive"


@dataclass(frozen=True, slots=True)
class ProjectChanges:
    """What a request changes; ``None`` leaves it as it is."""

    name: str | None = None
    overlap: OverlapPolicy | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A project in the store, with how far it is.

    Attributes:
        id: From 1, never used twice.
        name: Unique among the projects that are not deleted.
        created_at: UTC, ISO 8601.
        changed_at: When the newest image or annotation came or changed; UTC, ISO 8601.
        image_counts: Number of images in each state; states without images are left out.
        object_count: Kept masks that are not deleted.
        seconds_left: Working time until every image is done, from the mean of the finished
            ones; ``None`` before one is finished whose cost is known.
        cover: At most four images to show it by, those with masks first.
        is_deleted: Deleted projects can be restored.
        overlap: Whether pixels may belong to several objects. The page holds to it while
            masks are made; masks that come in from files are kept as they are.
    """

    id: int
    name: str
    created_at: str
    changed_at: str
    image_counts: Mapping[ImageState, int]
    object_count: int
    seconds_left: float | None
    cover: tuple[ImageRecord, ...]
    is_deleted: bool
    overlap: OverlapPolicy = OverlapPolicy.ALLOWED
