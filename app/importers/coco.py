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
    RefusedMask,
)
from app.errors import UnprocessableError
from app.importers.archive_tree import opened_tree
from app.importers.json_stream import read_elements
from app.importers.segmentations import LARGEST_PIXELS, UnusableMask, to_counts
from app.importers.values import LONGEST_NAME, as_key, as_side, can_be_kept

_HEAD = {"images", "categories"}
_DETAILS = ("iscrowd", "attributes", "group_id", "notes", "z_order")


class CocoReader:
    """Reads a COCO file.

    Args:
        path: The file, or an archive that it lies in.
        entry: Its name in the archive.
    """

    def __init__(self, path: Path, entry: str | None = None) -> None:
        self._path = path
        self._entry = entry

    def head(self) -> AnnotationFileHead:
        """Return the images and the classes.

        Raises:
            UnprocessableError: If the file is not a COCO file.
        """
        head = AnnotationFileHead()
        names: set[str] = set()
        for name, element in self._elements():
            names.add(name)
            if name == "images":
                add_image(head, element)
            elif name == "categories":
                add_category(head, element)
            elif name == "annotations" and names >= _HEAD:
                break  # most files have them last; those are not read twice
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
        if self._entry is None:
            with self._path.open(encoding="utf-8") as file:
                yield from read_elements(file)
        else:
            with opened_tree(self._path) as tree, tree.open_text(self._entry) as file:
                yield from read_elements(file)


def add_image(head: AnnotationFileHead, element: Any) -> None:
    """Add an entry of ``images``, or a note if it cannot be used."""
    values = element if isinstance(element, Mapping) else {}
    key, name = as_key(values.get("id")), values.get("file_name")
    if key is None or not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
        head.notes.append(("image_damaged", f"{element!a:.80}"))
        return
    if key in head.images:
        head.notes.append(("image_id_repeated", f"{key!a:.80}"))
        return
    sha256 = values.get("sha256")
    head.images[key] = ForeignImage(
        key,
        name,
        as_side(values.get("width")),
        as_side(values.get("height")),
        sha256 if isinstance(sha256, str) else "",
    )


def add_category(head: AnnotationFileHead, element: Any) -> None:
    """Add an entry of ``categories``, or a note if it cannot be used."""
    values = element if isinstance(element, Mapping) else {}
    key, name = as_key(values.get("id")), values.get("name")
    if key is None or not isinstance(name, str) or not name.strip() or not can_be_kept(name):
        head.notes.append(("category_damaged", f"{element!a:.80}"))
        return
    if key in head.categories:
        head.notes.append(("category_id_repeated", f"{key!a:.80}"))
        return
    supercategory = values.get("supercategory")
    if not isinstance(supercategory, str) or not can_be_kept(supercategory):
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
    sides = [as_side(side) for side in size] if isinstance(size, list) else []
    return (sides[0] or 0, sides[1] or 0) if len(sides) == 2 else (0, 0)
