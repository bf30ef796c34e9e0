"""Everything that an export holds, at one moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from app.domain.annotation import Annotation
from app.domain.category import Category
from app.domain.image_record import ImageRecord


@dataclass(frozen=True, slots=True)
class Dataset:
    """All images, categories and annotations that are not deleted, each by id.

    Attributes:
        images: Also those without annotations.
        categories: Also those without annotations.
        annotations: Of these images, with these categories; without logits.
    """

    images: tuple[ImageRecord, ...]
    categories: tuple[Category, ...]
    annotations: tuple[Annotation, ...]


class DatasetImage(NamedTuple):
    """What an export says about an image; a plain tuple, because there may be very many.

    Attributes:
        id: From 1.
        file_name: Never a path; not always unique.
        width: Of the upright image, in pixels.
        height: Of the upright image, in pixels.
        sha256: Hash of the original bytes.
    """

    id: int
    file_name: str
    width: int
    height: int
    sha256: str


class DatasetMask(NamedTuple):
    """What an export says about an annotation; a plain tuple, because there may be millions.

    Attributes:
        id: From 1.
        image_id: The image that it lies on.
        category_id: Its class.
        height: Of the mask, in pixels.
        width: Of the mask, in pixels.
        counts: COCO's compressed run-length code.
        area: Number of pixels.
        left: Of the tight box.
        top: Of the tight box.
        box_width: Of the tight box.
        box_height: Of the tight box.
        is_crowd: Whether it is many objects at once.
        attributes_json: Answers by the names of the class's attributes, as JSON; ``None`` if
            there are none.
        group_id: Objects of an image with the same number belong together.
        notes: For people.
        z_order: Masks with more of it lie above the others of their image.
    """

    id: int
    image_id: int
    category_id: int
    height: int
    width: int
    counts: str
    area: int
    left: int
    top: int
    box_width: int
    box_height: int
    is_crowd: bool
    attributes_json: str | None = None
    group_id: int | None = None
    notes: str | None = None
    z_order: float = 0

    @property
    def coco_rle(self) -> dict[str, object]:
        """The mask as COCO files and pycocotools have it."""
        return {"size": [self.height, self.width], "counts": self.counts}

    @property
    def bbox_xywh(self) -> list[int]:
        """Left, top, width and height of the tight box."""
        return [self.left, self.top, self.box_width, self.box_height]


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """What is known of a dataset before its annotations are read.

    Attributes:
        image_count: Number of images.
        annotation_count: Number of annotations.
        newest_change: Time of the newest annotation, ISO 8601; empty without annotations.
        authors: Who kept annotations, in order.
        model_ids: The weights that made them, in order.
        repeated_file_names: Names that more than one image has, in order.
    """

    image_count: int
    annotation_count: int
    newest_change: str
    authors: tuple[str, ...]
    model_ids: tuple[str, ...]
    repeated_file_names: tuple[str, ...]


class DatasetView(Protocol):
    """One moment of the store, read piece by piece; every reading gives the same."""

    @property
    def facts(self) -> DatasetFacts:
        """Counts and names."""

    @property
    def categories(self) -> tuple[Category, ...]:
        """All categories by id, also unused ones."""

    def images(self) -> Iterator[DatasetImage]:
        """Give all images by id, also those without annotations."""

    def masks(self) -> Iterator[DatasetMask]:
        """Give all annotations by id."""

    def masks_by_image(self) -> Iterator[tuple[DatasetImage, list[DatasetMask]]]:
        """Give every image by id with its annotations, from the lowest to the one on top."""

    def annotations(self) -> Iterator[Annotation]:
        """Give all annotations by id with everything but their logits."""
