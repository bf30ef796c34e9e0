"""YOLO segmentation: one text file per image, one line per object.

A line is one ring of relative coordinates. The parts of an object are joined by bridges without
width, there and back on the same way, which paint nothing when the ring is filled by the even-odd
rule. Holes cannot be carried.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from pycocotools import mask as coco_mask

from app.domain.category import Category
from app.domain.dataset import DatasetImage, DatasetMask
from app.domain.export import ExportReport
from app.exporters.coco import HOLES_FILLED, outline_of
from app.exporters.coco_check import refuse_export
from app.exporters.image_writer import NamedFile, Place, ReadFile
from app.exporters.names import to_yaml_text
from app.exporters.polygons import MaskOutline, trace_outline

CROWD_LOST = "crowd_lost"
PARTS_JOINED = "parts_joined"


class YoloWriter:
    """Writes YOLO segmentation labels; see `ImageWriter`.

    Args:
        categories: Their order gives the numbers of the classes, from 0.
        report: Where losses are counted.
    """

    def __init__(self, categories: Sequence[Category], report: ExportReport) -> None:
        self._categories, self._report = categories, report
        self._numbers = {category.id: index for index, category in enumerate(categories)}
        self._parts: list[str] = []

    def write(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place
    ) -> Iterator[NamedFile]:
        """Give the text file of an image; it is empty without objects.

        Yields:
            Its path and its bytes.
        """
        if place.part and place.part not in self._parts:
            self._parts.append(place.part)
        lines = [self._line(image, mask) for mask in masks]
        yield place.path("labels", ".txt"), "".join(lines).encode()

    def write_end(self) -> Iterator[NamedFile]:
        """Give ``data.yaml``, which training programs start from.

        Yields:
            Its path and its bytes.
        """
        lines = ["path: .\n"]
        lines += [f"{part}: images/{part}\n" for part in self._parts or ["train"]]
        if not self._parts:
            lines[-1] = "train: images\nval: images\n"
        lines.append("names:\n")
        for number, category in enumerate(self._categories):
            lines.append(f"  {number}: {to_yaml_text(category.content.name)}\n")
        yield "data.yaml", "".join(lines).encode()

    def check(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place, read: ReadFile
    ) -> None:
        """Compare the rings of an image with the store.

        Raises:
            ServerFaultError: If a mask differs by more than filled holes.
        """
        lines = read(place.path("labels", ".txt")).decode().splitlines()
        if len(lines) != len(masks):
            refuse_export(f"{place.stem} must have {len(masks)} lines, got {len(lines)}")
        for line, mask in zip(lines, masks, strict=True):
            number, *relative = line.split(" ")
            if int(number) != self._numbers[mask.category_id]:
                refuse_export(f"annotation {mask.id} has class {number}")
            sides = (image.width, image.height)
            ring = [float(value) * sides[index % 2] for index, value in enumerate(relative)]
            _check_ring(ring, mask)

    def _line(self, image: DatasetImage, mask: DatasetMask) -> str:
        outline = outline_of(mask)
        if outline.hole_count:
            text = "YOLO cannot carry holes; they are filled"
            self._report.note_loss(HOLES_FILLED, text, mask.id)
            outline = _without_holes(mask, outline)
        if len(outline.outer) > 1:
            text = "parts of an object are joined by lines, which some readers paint a pixel wide"
            self._report.note_loss(PARTS_JOINED, text, mask.id)
        if mask.is_crowd:
            self._report.note_loss(CROWD_LOST, "YOLO does not tell crowds from objects", mask.id)
        sides = (image.width, image.height)
        ring = _join(outline.outer)
        values = [f"{value / sides[index % 2]:.8g}" for index, value in enumerate(ring)]
        return " ".join([str(self._numbers[mask.category_id]), *values]) + "\n"


def _without_holes(mask: DatasetMask, outline: MaskOutline) -> MaskOutline:
    # A part inside a hole disappears in the filling; a ring of its own would cut it out again.
    rings = [list(ring) for ring in outline.outer]
    filled = coco_mask.merge(coco_mask.frPyObjects(rings, mask.height, mask.width))
    return trace_outline(coco_mask.decode(filled).astype(np.bool_))


def _join(rings: Sequence[Sequence[int]]) -> list[int]:
    first, *others = rings
    joined = list(first)
    if others:
        joined += first[:2]
    for ring in others:
        joined += [*ring, *ring[:2], *first[:2]]
    return joined


def _check_ring(ring: list[float], mask: DatasetMask) -> None:
    code: dict[str, Any] = coco_mask.merge(coco_mask.frPyObjects([ring], mask.height, mask.width))
    if code["counts"].decode() == mask.counts:
        return
    common = int(coco_mask.area(coco_mask.merge([code, mask.coco_rle], intersect=True)))
    if common != mask.area or not outline_of(mask).hole_count:
        refuse_export(f"mask {mask.id} differs")
