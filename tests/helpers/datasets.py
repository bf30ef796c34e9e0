"""Small datasets in memory, with the masks that formats get wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from app.domain.annotation import Annotation, AnnotationContent, CocoRle, MaskMeasures
from app.domain.category import Category, CategoryContent
from app.domain.dataset import DatasetFacts, DatasetImage, DatasetMask
from app.domain.object_details import ObjectDetails
from app.services.exact_mask import from_pixels

TIME = "2026-01-01T00:00:00.000Z"
MODEL_ID = "0123456789abcdef"
CATEGORIES = (
    Category(1, CategoryContent("object", "thing", "#e69f00")),
    Category(3, CategoryContent("Größe ñ 👍", "", "#56b4e9")),
)


def drawn(*rows: str) -> np.ndarray:
    """Return a mask from a drawing in which # is the object."""
    return np.array([[sign == "#" for sign in row] for row in rows])


SHAPES = {
    "ring": drawn("####", "#..#", "####"),
    "two parts": drawn("##..", "....", "..##"),
    "one pixel": drawn("....", ".#..", "...."),
    "corner pixel": drawn("#...", "....", "...."),
    "touching corners": drawn("#.#.", ".#.#", "#.#."),
    "border": drawn("####", "#..#", "#..#"),
    "full": drawn("####", "####", "####"),
    "island in a hole": drawn("#####", "#...#", "#.#.#", "#...#", "#####"),
    "last column": drawn("...#", "...#", "...#"),
}


@dataclass(frozen=True)
class MemoryDataset:
    """A `DatasetView` of records in memory."""

    all_images: tuple[DatasetImage, ...] = ()
    all_masks: tuple[DatasetMask, ...] = ()
    categories: tuple[Category, ...] = CATEGORIES

    @property
    def facts(self) -> DatasetFacts:
        names = [image.file_name for image in self.all_images]
        repeated = tuple(sorted({name for name in names if names.count(name) > 1}))
        has_masks = bool(self.all_masks)
        return DatasetFacts(
            image_count=len(self.all_images),
            annotation_count=len(self.all_masks),
            newest_change=TIME if has_masks else "",
            authors=("Ada",) if has_masks else (),
            model_ids=(MODEL_ID,) if has_masks else (),
            repeated_file_names=repeated,
        )

    def images(self) -> Iterator[DatasetImage]:
        return iter(self.all_images)

    def masks(self) -> Iterator[DatasetMask]:
        return iter(self.all_masks)

    def masks_by_image(self) -> Iterator[tuple[DatasetImage, list[DatasetMask]]]:
        ordered = sorted(self.all_masks, key=lambda mask: (mask.image_id, mask.id))
        groups = {key: list(own) for key, own in groupby(ordered, lambda mask: mask.image_id)}
        return ((image, groups.get(image.id, [])) for image in self.all_images)

    def annotations(self) -> Iterator[Annotation]:
        for mask in self.all_masks:
            said = AnnotationContent(
                mask.category_id,
                CocoRle(mask.height, mask.width, mask.counts),
                author="Ada",
                model_id=MODEL_ID,
                details=ObjectDetails(is_crowd=mask.is_crowd),
            )
            measures = MaskMeasures(
                mask.area, (mask.left, mask.top, mask.box_width, mask.box_height)
            )
            yield Annotation(
                mask.id, mask.image_id, said, measures, False, TIME, TIME, 1, is_deleted=False
            )


def image_record(number: int, name: str, height: int, width: int) -> DatasetImage:
    return DatasetImage(number, name, width, height, f"{number:064x}")


def mask_record(
    number: int, image_id: int, pixels: np.ndarray, category_id: int = 1, is_crowd: bool = False
) -> DatasetMask:
    """Return a mask as it is kept."""
    mask, measures = from_pixels(pixels)
    return DatasetMask(
        *(number, image_id, category_id, mask.height, mask.width, mask.counts, measures.area),
        *measures.bbox_xywh,
        is_crowd,
    )


def dataset_of(*masks: np.ndarray) -> MemoryDataset:
    """Return a dataset with one image per mask, one more without, and two categories."""
    images = [
        image_record(number, f"Käse 奶酪 {number}.jpg", *pixels.shape)
        for number, pixels in enumerate((*masks, np.ones((3, 4), dtype=np.bool_)), start=1)
    ]
    records = [mask_record(number, number, pixels) for number, pixels in enumerate(masks, 1)]
    return MemoryDataset(tuple(images), tuple(records))


def overlapping(*masks: np.ndarray) -> MemoryDataset:
    """Return a dataset with one image that has all masks; they must have one size."""
    records = [mask_record(number, 1, pixels) for number, pixels in enumerate(masks, 1)]
    return MemoryDataset((image_record(1, "photo.jpg", *masks[0].shape),), tuple(records))


def fill_holes(pixels: np.ndarray) -> np.ndarray:
    """Return a mask with all holes filled: what no path from outside reaches."""
    outside = np.pad(~pixels, 1, constant_values=True)
    reached = np.zeros_like(outside)
    reached[0, 0] = True
    while True:
        grown = reached.copy()
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                grown |= np.roll(reached, (dy, dx), (0, 1))
        grown &= outside
        if np.array_equal(grown, reached):
            return ~reached[1:-1, 1:-1]
        reached = grown
