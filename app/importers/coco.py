"""COCO files of any program: what is missing, odd or repeated is told, not guessed."""

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from app.domain.dataset_import import (
    AnnotationFileHead,
    ForeignCategory,
    ForeignImage,
    ForeignMask,
    Key,
    RefusedMask,
)
from app.errors import UnprocessableError
from app.importers.json_stream import read_elements
from app.importers.segmentations import LARGEST_PIXELS, UnusableMask, to_counts

_DETAILS = ("iscrowd", "attributes", "group_id", "notes")
_LONGEST_NAME = 1024


class CocoReader:
    """Reads a COCO file.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def head(self) -> AnnotationFileHead:
        """Return the images and the classes.

        Raises:
            UnprocessableError: If the file is not a COCO file.
        """
        head = AnnotationFileHead()
        names = set()
        for name, element in self._elements():
            names.add(name)
            if name == "images":
                _add_image(head, element)
            elif name == "categories":
                _add_category(head, element)
        if not names & {"images", "annotations"}:
            raise UnprocessableError(
                "not_coco",
                'a COCO file must have "images" and "annotations", '
                f"got {', '.join(sorted(map(ascii, names))[:8]) or 'an empty object'}",
                "choose the file with the annotations",
            )
        return head

    def masks(self, head: AnnotationFileHead) -> Iterator[ForeignMask | RefusedMask]:
        """Give all masks in the order of the file.

        Args:
            head: What `head` gave.

        Yields:
            A mask, or why an annotation has none.
        """
        number = count(1)
        for name, element in self._elements():
            if name == "annotations":
                yield _read_mask(element, next(number), head)

    def _elements(self) -> Iterator[tuple[str, Any]]:
        with self._path.open(encoding="utf-8") as file:
            yield from read_elements(file)


def as_key(value: Any) -> Key | None:
    """Return an id of a file, or ``None`` if it cannot be one; 1.0 is 1."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | str) and value != "" else None


def _add_image(head: AnnotationFileHead, element: Any) -> None:
    values = element if isinstance(element, Mapping) else {}
    key, name = as_key(values.get("id")), values.get("file_name")
    if key is None or not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME:
        head.notes.append(("image_damaged", f"{element!a:.80}"))
        return
    if key in head.images:
        head.notes.append(("image_id_repeated", f"{key!a:.80}"))
        return
    sha256 = values.get("sha256")
    head.images[key] = ForeignImage(
        key,
        name,
        _as_side(values.get("width")),
        _as_side(values.get("height")),
        sha256 if isinstance(sha256, str) else "",
    )


def _add_category(head: AnnotationFileHead, element: Any) -> None:
    values = element if isinstance(element, Mapping) else {}
    key, name = as_key(values.get("id")), values.get("name")
    if key is None or not isinstance(name, str) or not name.strip() or not _can_be_kept(name):
        head.notes.append(("category_damaged", f"{element!a:.80}"))
        return
    if key in head.categories:
        head.notes.append(("category_id_repeated", f"{key!a:.80}"))
        return
    supercategory = values.get("supercategory")
    if not isinstance(supercategory, str) or not _can_be_kept(supercategory):
        supercategory = ""
    head.categories[key] = ForeignCategory(key, name, supercategory)


def _read_mask(element: Any, number: int, head: AnnotationFileHead) -> ForeignMask | RefusedMask:
    where = f"annotation {number}"
    if not isinstance(element, Mapping):
        return RefusedMask(where, "annotation_damaged")
    if "id" in element:
        where = f"annotation {number} (id {element['id']!a:.30})"
    image_key = as_key(element.get("image_id"))
    if image_key is None or image_key not in head.images:
        return RefusedMask(where, "image_not_listed")
    if image_key in head.unmatched:
        return RefusedMask(where, head.unmatched[image_key])
    image = head.images[image_key]
    category = as_key(element.get("category_id"))
    if category is None:
        return RefusedMask(where, "category_missing")
    segmentation = element.get("segmentation")
    height, width = _size_of(image, segmentation)
    if not 0 < height * width <= LARGEST_PIXELS:
        return RefusedMask(where, "size_missing")
    try:
        counts = to_counts(segmentation, height, width)
    except UnusableMask as error:
        return RefusedMask(where, str(error))
    details = {name: element[name] for name in _DETAILS if name in element}
    return ForeignMask(where, image.key, category, height, width, counts, details)


def _size_of(image: ForeignImage, segmentation: Any) -> tuple[int, int]:
    if image.height is not None and image.width is not None:
        return image.height, image.width
    size = segmentation.get("size") if isinstance(segmentation, Mapping) else None
    sides = [_as_side(side) for side in size] if isinstance(size, list) else []
    return (sides[0] or 0, sides[1] or 0) if len(sides) == 2 else (0, 0)


def _can_be_kept(text: str) -> bool:
    # JSON can spell NUL and half of a surrogate pair, which databases refuse.
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


def _as_side(value: Any) -> int | None:
    key = as_key(value)
    return key if isinstance(key, int) and 0 < key < 2**31 else None
