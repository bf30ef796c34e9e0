"""LabelMe: a JSON file per image with masks, polygons, rectangles and circles."""

import base64
import binascii
import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from app.domain.dataset_import import (
    AnnotationFileHead,
    ForeignCategory,
    ForeignImage,
    ForeignMask,
    RefusedMask,
)
from app.importers.archive_tree import ArchiveTree, opened_tree
from app.importers.image_list import image_of_file, read_image_list
from app.importers.label_map import UnusableMap, read_label_map
from app.importers.per_image import masks_by_image
from app.importers.segmentations import UnusableMask, pixels_to_counts, polygons_to_counts
from app.importers.values import LONGEST_NAME, as_name, as_side

_OURS = ("report.json",)
_CIRCLE_CORNERS = 128


class LabelmeReader:
    """Reads an archive of LabelMe files.

    Args:
        path: The archive.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def head(self) -> AnnotationFileHead:
        """Return the images; the classes are found with the masks.

        Raises:
            UnprocessableError: If the archive is damaged.
        """
        head = AnnotationFileHead()
        with opened_tree(self._path) as tree:
            listed = read_image_list(tree, head)
            for name in tree.named(".json"):
                if name in _OURS:
                    continue
                document = read_document(tree.read(name))
                if document is None:
                    head.notes.append(("file_damaged", f"{name!a:.80}"))
                else:
                    head.images[name] = _image_of(name, document, listed)
        return head

    def masks(self, head: AnnotationFileHead) -> Iterator[ForeignMask | RefusedMask]:
        """Give all masks, file by file, and note their classes."""
        return masks_by_image(self._path, head, _read_shapes)


def read_document(content: bytes) -> dict[str, Any] | None:
    """Return a LabelMe document, or ``None`` if it is none."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(document, dict) and isinstance(document.get("shapes"), list)
    return document if is_ours else None


def _image_of(
    name: str, document: dict[str, Any], listed: Mapping[str, ForeignImage]
) -> ForeignImage:
    height, width = as_side(document.get("imageHeight")), as_side(document.get("imageWidth"))
    size = (height, width) if height is not None and width is not None else None
    image = image_of_file(name, listed, size)
    path = document.get("imagePath")
    if image.is_stem and isinstance(path, str) and 0 < len(path) <= LONGEST_NAME:
        return image._replace(file_name=path, is_stem=False)
    return image


def _read_shapes(
    tree: ArchiveTree, image: ForeignImage, head: AnnotationFileHead
) -> Iterator[ForeignMask | RefusedMask]:
    document = read_document(tree.read(str(image.key))) or {"shapes": []}
    for number, shape in enumerate(document["shapes"], start=1):
        where = f"{image.key} shape {number}"
        if not isinstance(shape, Mapping):
            yield RefusedMask(where, "annotation_damaged")
            continue
        label = as_name(shape.get("label"))
        if label is None:
            yield RefusedMask(where, "category_missing")
            continue
        if image.height is None or image.width is None:
            yield RefusedMask(where, "size_missing")
            continue
        head.categories.setdefault(label, ForeignCategory(label, label))
        try:
            counts = _counts_of(shape, image.height, image.width)
        except UnusableMask as error:
            yield RefusedMask(where, str(error))
            continue
        size = (image.height, image.width)
        yield ForeignMask(where, image.key, label, *size, counts, _details_of(shape))


def _details_of(shape: Mapping[str, Any]) -> dict[str, Any]:
    details = {"group_id": shape.get("group_id"), "notes": shape.get("description")}
    return {name: value for name, value in details.items() if value not in (None, "")}


def _counts_of(shape: Mapping[str, Any], height: int, width: int) -> str:
    kind = shape.get("shape_type", "polygon")
    if kind not in _FORMS:
        raise UnusableMask("mask_missing")
    points = _points_of(shape)
    if kind == "mask":
        return _painted(points, shape.get("mask"), height, width)
    return polygons_to_counts([_FORMS[kind](points)], height, width)


def _points_of(shape: Mapping[str, Any]) -> list[tuple[float, float]]:
    points = shape.get("points")
    if not isinstance(points, list):
        raise UnusableMask("polygon_damaged")
    found = []
    for point in points:
        is_pair = isinstance(point, list) and len(point) == 2
        if not is_pair or not all(_is_number(value) for value in point):
            raise UnusableMask("polygon_damaged")
        found.append((float(point[0]), float(point[1])))
    return found


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and abs(value) < 2**31


def _painted(points: list[tuple[float, float]], mask: Any, height: int, width: int) -> str:
    """Return the code of a mask that is given as a PNG image of a part of the photograph.

    Raises:
        UnusableMask: If that image is damaged or lies outside.
    """
    try:
        crop = read_label_map(base64.b64decode(mask, validate=True)) > 0
    except (binascii.Error, TypeError, ValueError, UnusableMap):
        raise UnusableMask("mask_damaged") from None
    if len(points) != 2:
        raise UnusableMask("mask_damaged")
    left, top = (round(value) for value in points[0])
    bottom, right = top + crop.shape[0], left + crop.shape[1]
    if not (0 <= left < right <= width and 0 <= top < bottom <= height):
        raise UnusableMask("size_differs")
    pixels = np.zeros((height, width), dtype=np.bool_)
    pixels[top:bottom, left:right] = crop
    return pixels_to_counts(pixels)


def _polygon(points: list[tuple[float, float]]) -> list[float]:
    return [value for point in points for value in point]


def _rectangle(points: list[tuple[float, float]]) -> list[float]:
    if len(points) != 2:
        return _polygon(points)  # later versions of LabelMe write all four corners
    (x0, y0), (x1, y1) = points
    return [x0, y0, x1, y0, x1, y1, x0, y1]


def _circle(points: list[tuple[float, float]]) -> list[float]:
    if len(points) != 2:
        raise UnusableMask("polygon_damaged")
    (x, y), edge = points
    radius = math.dist((x, y), edge)
    angles = [2 * math.pi * step / _CIRCLE_CORNERS for step in range(_CIRCLE_CORNERS)]
    return [
        value
        for angle in angles
        for value in (x + radius * math.cos(angle), y + radius * math.sin(angle))
    ]


_FORMS = {"mask": _polygon, "polygon": _polygon, "rectangle": _rectangle, "circle": _circle}
