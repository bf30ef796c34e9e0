"""Boxes that a detector found, in COCO's two forms: a whole data set, or a list of results."""

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TextIO

from app.domain.dataset_import import AnnotationFileHead, Key
from app.errors import UnprocessableError
from app.importers.coco import add_image
from app.importers.json_stream import read_elements
from app.importers.values import as_key

Corners = tuple[float, float, float, float]


class ScoredBox(NamedTuple):
    """One box of a detector.

    Attributes:
        score: How sure it is; 0 if the file does not say.
        corners: Left, top, right, bottom in pixels of the image.
    """

    score: float
    corners: Corners


@dataclass(slots=True)
class DetectorBoxes:
    """What stands in a file of boxes.

    Attributes:
        head: The images that it lists; none in a list of results.
        boxes: Of each image, by its key.
        is_list: Whether it is a list of results, which knows images by their ids alone.
        damaged: Entries without an image and a box of four numbers with some area.
    """

    head: AnnotationFileHead = field(default_factory=AnnotationFileHead)
    boxes: dict[Key, list[ScoredBox]] = field(default_factory=lambda: defaultdict(list))
    is_list: bool = False
    damaged: int = 0


def read_detector_boxes(file: TextIO) -> DetectorBoxes:
    """Return the boxes of a file.

    Args:
        file: JSON: an object with ``images`` and ``annotations``, or a list of results with
            ``image_id``, ``bbox`` (left, top, width, height) and perhaps ``score``.

    Raises:
        UnprocessableError: If the file is neither.
    """
    found = DetectorBoxes()
    for name, element in _elements(file, found):
        if name == "images":
            add_image(found.head, element)
        elif name == "annotations":
            _add_box(found, element)
    if not found.boxes and not found.damaged:
        raise UnprocessableError(
            "boxes_missing",
            'the file must have boxes under "annotations", or be a list of results, got none',
            "choose the COCO file that the detector wrote",
        )
    return found


def _elements(file: TextIO, found: DetectorBoxes) -> Iterator[tuple[str, Any]]:
    # A list of results is seldom larger than what fits into memory; the other form can be.
    first = _first_sign(file)
    file.seek(0)
    if first != "[":
        yield from read_elements(file)
        return
    found.is_list = True
    try:
        elements = json.load(file)
    except (ValueError, RecursionError) as error:
        raise UnprocessableError(
            "json_damaged",
            f"the file must be JSON, got something else ({error})",
            "write the file again with the program that made it; it may be cut off",
        ) from error
    for element in elements:
        yield "annotations", element


def _first_sign(file: TextIO) -> str:
    try:
        while sign := file.read(1):
            if not sign.isspace():
                return sign
    except UnicodeDecodeError:
        return ""  # the reader of the whole says what is wrong
    return ""


def _add_box(found: DetectorBoxes, element: Any) -> None:
    values = element if isinstance(element, Mapping) else {}
    key, corners = as_key(values.get("image_id")), _corners(values.get("bbox"))
    if key is None or corners is None:
        found.damaged += 1
        return
    score: Any = values.get("score")
    found.boxes[key].append(ScoredBox(float(score) if _is_number(score) else 0.0, corners))


def _corners(box: Any) -> Corners | None:
    if not isinstance(box, list) or len(box) != 4 or not all(map(_is_number, box)):
        return None
    left, top, width, height = (float(value) for value in box)
    return (left, top, left + width, top + height) if width > 0 and height > 0 else None


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 2**31 and math.isfinite(value)
