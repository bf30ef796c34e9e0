"""COCO panoptic: one colour per object in PNG images, and one JSON file that explains them."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.category import Category
from app.domain.dataset import DatasetImage, DatasetMask
from app.domain.export import ExportReport
from app.errors import UnprocessableError
from app.exporters.coco import category_fields, image_fields
from app.exporters.coco_check import refuse_export
from app.exporters.image_writer import NamedFile, Place, ReadFile
from app.exporters.label_map import from_png, note_overlaps, paint, to_png

_LARGEST_VALUE = 2**24 - 1


class PanopticWriter:
    """Writes COCO panoptic files; see `ImageWriter`.

    A segment has the id of its annotation. Every class is a thing. Lines of the JSON file are
    kept until the end: a few hundred bytes for every object.

    Args:
        categories: The classes.
        report: Where losses are counted.
    """

    def __init__(self, categories: Sequence[Category], report: ExportReport) -> None:
        self._categories, self._report = categories, report
        self._images: dict[str, list[str]] = {}
        self._entries: dict[str, list[str]] = {}

    def write(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place
    ) -> Iterator[NamedFile]:
        """Give the PNG image of an image.

        Yields:
            Its path and its bytes.

        Raises:
            UnprocessableError: If the id of an annotation does not fit a colour.
        """
        values = [mask.id for mask in masks]
        if values and max(values) > _LARGEST_VALUE:
            raise UnprocessableError(
                "export_too_many",
                f"panoptic ids must be at most {_LARGEST_VALUE}, got {max(values)}",
                "choose COCO, which has no such limit",
            )
        painted = paint(image, masks, values)
        note_overlaps(painted, masks, values, self._report)
        entry = {
            "image_id": image.id,
            "file_name": f"{place.stem}.png",
            "segments_info": [
                segment for mask in masks if (segment := _segment(mask, painted)) is not None
            ],
        }
        self._images.setdefault(place.part, []).append(_to_text(image_fields(image)))
        self._entries.setdefault(place.part, []).append(_to_text(entry))
        yield place.path("panoptic", ".png"), to_png(_to_colors(painted))

    def write_end(self) -> Iterator[NamedFile]:
        """Give the JSON files, one for every part.

        Yields:
            The path and the bytes of each.
        """
        categories = [
            {**category_fields(category), "isthing": 1, "color": _color_of(category)}
            for category in self._categories
        ]
        for part, images in self._images.items():
            text = (
                f'{{"info":{{}},"licenses":[],"images":[{",".join(images)}],'
                f'"annotations":[{",".join(self._entries[part])}],'
                f'"categories":{_to_text(categories)}}}'
            )
            yield f"panoptic_{part}.json" if part else "panoptic.json", text.encode()

    def check(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place, read: ReadFile
    ) -> None:
        """Compare the segments of an image with the store.

        Raises:
            ServerFaultError: If they differ.
        """
        colors = from_png(read(place.path("panoptic", ".png")))
        found = colors[..., 0] + 256 * colors[..., 1] + 65536 * colors[..., 2]
        if not np.array_equal(found, paint(image, masks, [mask.id for mask in masks])):
            refuse_export(f"the segments of {place.stem} differ")


def _segment(mask: DatasetMask, painted: NDArray[np.int32]) -> dict[str, Any] | None:
    rows, columns = np.nonzero(painted == mask.id)
    if rows.size == 0:
        return None
    left, top = int(columns.min()), int(rows.min())
    return {
        "id": mask.id,
        "category_id": mask.category_id,
        "area": int(rows.size),
        "bbox": [left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1],
        "iscrowd": int(mask.is_crowd),
    }


def _to_colors(painted: NDArray[np.int32]) -> NDArray[np.uint8]:
    channels = [painted % 256, painted // 256 % 256, painted // 65536]
    return np.stack(channels, axis=-1).astype(np.uint8)


def _color_of(category: Category) -> list[int]:
    text = category.content.color.removeprefix("#")
    return [int(text[index : index + 2], 16) for index in (0, 2, 4)] if len(text) == 6 else [0] * 3


def _to_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
