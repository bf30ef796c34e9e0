"""PNG images of numbers: one number per object, or one per class."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from app.domain.dataset_import import (
    AnnotationFileHead,
    ForeignCategory,
    ForeignImage,
    ForeignMask,
    Key,
    RefusedMask,
)
from app.importers.archive_tree import ArchiveTree, opened_tree
from app.importers.image_list import image_of_file, read_image_list
from app.importers.label_map import UnusableMap, read_label_map, read_map_size, split_label_map
from app.importers.per_image import masks_by_image
from app.importers.values import as_name

INSTANCES, OBJECTS, CLASSES = "instances", "objects", "classes"
_CLASS_NAMES = "classes.json"
_WITHOUT_CLASS = "object"


class InstancePngReader:
    """Reads PNG images in which every object has a number of its own.

    ``objects/<image>.json`` says the class of a number; without it all are of one class.

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
        with opened_tree(self._path) as tree:
            return _read_head(tree, tree.named(".png", INSTANCES))

    def masks(self, head: AnnotationFileHead) -> Iterator[ForeignMask | RefusedMask]:
        """Give all masks, image by image, and note their classes."""
        return masks_by_image(self._path, head, _read_instances)


class SemanticPngReader:
    """Reads PNG images in which a pixel has the number of its class; one mask per class and image.

    ``classes.json`` names the numbers.

    Args:
        path: The archive.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def head(self) -> AnnotationFileHead:
        """Return the images and the classes.

        Raises:
            UnprocessableError: If the archive is damaged.
        """
        with opened_tree(self._path) as tree:
            head = _read_head(tree, tree.named(".png", CLASSES))
            for number, name in _read_class_names(tree, head).items():
                head.categories[number] = ForeignCategory(number, name)
        return head

    def masks(self, head: AnnotationFileHead) -> Iterator[ForeignMask | RefusedMask]:
        """Give one mask for every class of every image."""
        return masks_by_image(self._path, head, _read_classes)


def _read_head(tree: ArchiveTree, names: list[str]) -> AnnotationFileHead:
    head = AnnotationFileHead()
    listed = read_image_list(tree, head)
    for name in names:
        try:
            size = read_map_size(tree.read(name))
        except UnusableMap as error:
            head.notes.append((str(error), f"{name!a:.80}"))
        else:
            head.images[name] = image_of_file(name, listed, size)
    return head


def _read_instances(
    tree: ArchiveTree, image: ForeignImage, head: AnnotationFileHead
) -> Iterator[ForeignMask | RefusedMask]:
    objects = _read_objects(tree, str(image.key))
    for mask in _read_map(tree, image):
        if isinstance(mask, RefusedMask):
            yield mask
            continue
        about = objects.pop(mask.category, {})
        name = as_name(about.get("category")) or _WITHOUT_CLASS
        head.categories.setdefault(name, ForeignCategory(name, name))
        details = {"iscrowd": about["iscrowd"]} if "iscrowd" in about else {}
        yield mask._replace(category=name, details=details)
    for value in objects:
        where = f"{image.key} object {value!a:.30}"
        yield RefusedMask(where, "mask_empty")


def _read_classes(
    tree: ArchiveTree, image: ForeignImage, _head: AnnotationFileHead
) -> Iterator[ForeignMask | RefusedMask]:
    return _read_map(tree, image)


def _read_map(tree: ArchiveTree, image: ForeignImage) -> Iterator[ForeignMask | RefusedMask]:
    """Give a mask for every number of a PNG image; the number stands for its class.

    Yields:
        A mask, or why there is none.
    """
    where = str(image.key)
    try:
        labels = read_label_map(tree.read(where))
    except UnusableMap as error:
        yield RefusedMask(where, str(error))
        return
    height, width = labels.shape
    for value, counts in split_label_map(labels):
        where = f"{image.key} number {value}"
        yield ForeignMask(where, image.key, value, height, width, counts, {})


def _read_objects(tree: ArchiveTree, png: str) -> dict[Key, Mapping[str, Any]]:
    """Return what is said about the numbers of an image; none if there is no such file."""
    parts = [OBJECTS if part == INSTANCES else part for part in PurePosixPath(png).parts]
    name = PurePosixPath(*parts).with_suffix(".json").as_posix()
    if name not in tree.names:
        return {}
    try:
        rows = json.loads(tree.read(name))
    except (ValueError, RecursionError):
        return {}
    rows = rows if isinstance(rows, list) else []
    return {row["value"]: row for row in rows if _has_value(row)}


def _has_value(row: Any) -> bool:
    return isinstance(row, Mapping) and type(row.get("value")) is int


def _read_class_names(tree: ArchiveTree, head: AnnotationFileHead) -> dict[int, str]:
    names = [name for name in tree.names if PurePosixPath(name).name == _CLASS_NAMES]
    if not names:
        return {}
    try:
        found = json.loads(tree.read(names[0]))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, Mapping):
        head.notes.append(("settings_damaged", f"{names[0]!a:.80}"))
        return {}
    return {
        int(number): name
        for number, text in found.items()
        if number.isascii() and number.isdigit() and len(number) < 10 and (name := as_name(text))
    }
