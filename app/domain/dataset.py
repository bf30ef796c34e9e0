"""Everything that an export holds, at one moment."""

from dataclasses import dataclass

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
