"""PNG images of numbers: one per object, or one per class."""

import json
from collections.abc import Iterator, Sequence

import numpy as np

from app.domain.category import Category
from app.domain.dataset import DatasetImage, DatasetMask
from app.domain.export import ExportReport
from app.errors import UnprocessableError
from app.exporters.coco_check import refuse_export
from app.exporters.image_writer import NamedFile, Place, ReadFile
from app.exporters.label_map import from_png, note_overlaps, paint, to_png

_LARGEST_VALUE = 2**16 - 1


class InstancePngWriter:
    """Writes 16-bit PNG images in which every object has a number of its own, from 1.

    ``objects/<image>.json`` says which annotation and class a number is. See `ImageWriter`.

    Args:
        categories: The classes.
        report: Where losses are counted.
    """

    def __init__(self, categories: Sequence[Category], report: ExportReport) -> None:
        self._report = report
        self._names = {category.id: category.content.name for category in categories}

    def write(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place
    ) -> Iterator[NamedFile]:
        """Give the PNG image and the list of its numbers.

        Yields:
            The path and the bytes of each.

        Raises:
            UnprocessableError: If there are more objects than numbers.
        """
        values = _check_values(list(range(1, len(masks) + 1)))
        painted = paint(image, masks, values)
        note_overlaps(painted, masks, values, self._report)
        objects = [
            {
                "value": value,
                "annotation_id": mask.id,
                "category_id": mask.category_id,
                "category": self._names[mask.category_id],
                "iscrowd": int(mask.is_crowd),
            }
            for value, mask in zip(values, masks, strict=True)
        ]
        yield place.path("instances", ".png"), to_png(painted.astype(np.uint16))
        yield place.path("objects", ".json"), json.dumps(objects, ensure_ascii=False).encode()

    def write_end(self) -> Iterator[NamedFile]:
        """Give nothing more.

        Yields:
            Nothing.
        """
        yield from ()

    def check(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place, read: ReadFile
    ) -> None:
        """Compare the numbers of an image with the store.

        Raises:
            ServerFaultError: If they differ.
        """
        expected = paint(image, masks, range(1, len(masks) + 1))
        if not np.array_equal(from_png(read(place.path("instances", ".png"))), expected):
            refuse_export(f"the objects of {place.stem} differ")


class SemanticPngWriter:
    """Writes PNG images in which a pixel has the id of its class; see `ImageWriter`.

    They have 8 bits, or 16 if a class has an id above 255. ``classes.json`` names the ids.

    Args:
        categories: The classes.
        report: Where losses are counted.
    """

    def __init__(self, categories: Sequence[Category], report: ExportReport) -> None:
        self._categories, self._report = categories, report
        largest = max((category.id for category in categories), default=0)
        self._type = np.uint8 if largest < 2**8 else np.uint16

    def write(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place
    ) -> Iterator[NamedFile]:
        """Give the PNG image.

        Yields:
            Its path and its bytes.

        Raises:
            UnprocessableError: If the id of a class is above 65535.
        """
        values = _check_values([mask.category_id for mask in masks])
        painted = paint(image, masks, values)
        note_overlaps(painted, masks, values, self._report)
        for mask in masks:
            text = "classes have no objects; objects of one class are one area"
            self._report.note_loss("objects_merged", text, mask.id)
        yield place.path("classes", ".png"), to_png(painted.astype(self._type))

    def write_end(self) -> Iterator[NamedFile]:
        """Give the names of the classes.

        Yields:
            The path and the bytes.
        """
        names = {str(category.id): category.content.name for category in self._categories}
        yield "classes.json", json.dumps({"0": "", **names}, ensure_ascii=False, indent=2).encode()

    def check(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place, read: ReadFile
    ) -> None:
        """Compare the classes of an image with the store.

        Raises:
            ServerFaultError: If they differ.
        """
        expected = paint(image, masks, [mask.category_id for mask in masks])
        if not np.array_equal(from_png(read(place.path("classes", ".png"))), expected):
            refuse_export(f"the classes of {place.stem} differ")


def _check_values(values: list[int]) -> list[int]:
    if values and max(values) > _LARGEST_VALUE:
        raise UnprocessableError(
            "export_too_many",
            f"the format must number everything up to {_LARGEST_VALUE}, got {max(values)}",
            "choose COCO, which has no such limit",
        )
    return values
