"""Which masks a model may learn from, and which images are kept apart to see what it learnt."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from app.domain.annotation import Annotation
from app.domain.image_record import ImageRecord
from app.domain.prompts import Prompts
from app.domain.tuning import (
    HELD_OUT_SHARE,
    LEAST_AREA,
    LEAST_IMAGES,
    LEAST_MASKS,
    TuningMaterial,
)
from app.errors import UnprocessableError
from app.storage.database import Database
from app.storage.dataset_reader import open_dataset
from app.storage.image_store import ImageStore
from sam_core.training.held_out_check import split_examples

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class TaughtImage:
    """An image with the masks that a model may learn from.

    Attributes:
        image: Where its pixels are.
        annotations: At least one.
    """

    image: ImageRecord
    annotations: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """All that a project gives to learn from.

    Attributes:
        images: Ordered by the hash of their bytes, so that the order says nothing.
        left_out: Masks that are not learnt from.
    """

    images: tuple[TaughtImage, ...]
    left_out: int

    def count(self) -> TuningMaterial:
        """Return how much of it there is."""
        learn, apart = split(self.images)
        classes = Counter(
            one.content.category_id for item in self.images for one in item.annotations
        )
        return TuningMaterial(
            image_count=len(learn),
            mask_count=sum(len(item.annotations) for item in learn),
            held_out_image_count=len(apart),
            held_out_mask_count=sum(len(item.annotations) for item in apart),
            by_category=tuple(sorted(classes.items())),
            left_out=self.left_out,
        )


def collect(database: Database, project_id: int) -> Material:
    """Return what a project gives to learn from.

    Raises:
        NotFoundError: If there is no such project.
    """
    images = {image.id: image for image in ImageStore(database).list_all(project_id)}
    taught: dict[int, list[Annotation]] = {}
    left_out = 0
    with open_dataset(database, project_id) as reader:
        for annotation in reader.annotations():
            if not is_lesson(annotation):
                left_out += 1
            elif annotation.image_id in images:
                taught.setdefault(annotation.image_id, []).append(annotation)
    items = [TaughtImage(images[number], tuple(found)) for number, found in taught.items()]
    items.sort(key=lambda item: item.image.file.sha256)
    return Material(tuple(items), left_out)


def is_lesson(annotation: Annotation) -> bool:
    """Return whether a mask is one that a person stands for and a model can learn from."""
    details = annotation.content.details
    return not details.is_crowd and annotation.measures.area >= LEAST_AREA


def split(items: Iterable[Item]) -> tuple[list[Item], list[Item]]:
    """Return the items to learn from and those that are kept apart, as a run splits them."""
    every = list(items)
    if len(every) < LEAST_IMAGES:
        return every, []
    return split_examples(every, HELD_OUT_SHARE)


def check_enough(material: TuningMaterial) -> None:
    """Refuse what is too little to learn from.

    Raises:
        UnprocessableError: With what is needed and what there is.
    """
    if material.is_enough:
        return
    images = material.image_count + material.held_out_image_count
    masks = material.mask_count + material.held_out_mask_count
    raise UnprocessableError(
        "tuning_too_little",
        f"there must be at least {LEAST_IMAGES} images with {LEAST_MASKS} accepted masks to "
        f"learn from, got {images} images with {masks} masks",
        "accept more masks, then start again",
    )


def to_json(item: TaughtImage, path: str) -> dict[str, Any]:
    """Return what a run must know about an image.

    Args:
        item: The image.
        path: Of a file with its upright pixels.
    """
    image = item.image
    return {
        "image_id": image.id,
        "sha256": image.file.sha256,
        "path": path,
        "height": image.file.height,
        "width": image.file.width,
        "masks": [one.content.mask.to_coco() for one in item.annotations],
        "annotation_ids": [one.id for one in item.annotations],
        "prompts": [_prompts_to_json(one.content.prompts) for one in item.annotations],
    }


def _prompts_to_json(prompts: Prompts) -> dict[str, Any] | None:
    if not prompts.points and prompts.box_xyxy is None:
        return None  # drawn by hand, imported or proposed: clicks are simulated
    points = [[point.x, point.y, point.label] for point in prompts.points]
    return {"points": points, "box": prompts.box_xyxy}
