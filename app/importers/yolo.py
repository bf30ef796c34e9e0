"""YOLO segmentation labels: text files with a class and a ring of relative coordinates a line."""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from app.domain.dataset_import import (
    AnnotationFileHead,
    ForeignCategory,
    ForeignImage,
    ForeignMask,
    RefusedMask,
)
from app.importers.archive_tree import ArchiveTree, opened_tree
from app.importers.image_list import image_of_file, read_image_list
from app.importers.per_image import masks_by_image
from app.importers.segmentations import UnusableMask, polygons_to_counts
from app.importers.values import as_name

# The one in C refuses deep nesting at once, where the one in Python works on it for seconds.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LARGEST_SETTINGS = 1024 * 1024
_NO_LABELS = {"classes", "train", "val", "valid", "test", "readme", "readme.roboflow"}
_FEWEST_NUMBERS = 6  # three corners; five numbers are a class and a box


class YoloReader:
    """Reads YOLO segmentation labels.

    Args:
        path: The archive.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def head(self) -> AnnotationFileHead:
        """Return the images that have a file of labels, and the classes of ``data.yaml``.

        Raises:
            UnprocessableError: If the archive is damaged.
        """
        head = AnnotationFileHead()
        with opened_tree(self._path) as tree:
            for number, name in _read_names(tree, head).items():
                head.categories[number] = ForeignCategory(number, name)
            listed = read_image_list(tree, head)
            for name in label_files(tree):
                head.images[name] = image_of_file(name, listed)
        return head

    def masks(self, head: AnnotationFileHead) -> Iterator[ForeignMask | RefusedMask]:
        """Give all masks, file by file."""
        return masks_by_image(self._path, head, _read_labels)


def label_files(tree: ArchiveTree) -> list[str]:
    """Return the text files that hold labels: those in folders of that name, or else all."""
    in_folders = tree.named(".txt", "labels")
    return in_folders or [
        name for name in tree.named(".txt") if PurePosixPath(name).stem.lower() not in _NO_LABELS
    ]


def _read_names(tree: ArchiveTree, head: AnnotationFileHead) -> dict[int, str]:
    """Return the names of the classes by their numbers, from whatever file lists them."""
    for name in (*tree.named(".yaml"), *tree.named(".yml")):
        found = _names_of_settings(tree.read(name)[:_LARGEST_SETTINGS])
        if found is not None:
            return found
        head.notes.append(("settings_damaged", f"{name!a:.80}"))
    for name in (*tree.named("classes.txt"), *tree.named("obj.names")):
        lines = tree.read(name).decode("utf-8", errors="replace").splitlines()
        return {number: line for number, text in enumerate(lines) if (line := as_name(text))}
    return {}


def _names_of_settings(content: bytes) -> dict[int, str] | None:
    try:
        settings = yaml.load(content, Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    names: Any = settings.get("names") if isinstance(settings, Mapping) else None
    if isinstance(names, list):
        names = dict(enumerate(names))
    if not isinstance(names, Mapping):
        return None
    return {
        int(number): found
        for number, name in names.items()
        if isinstance(number, int) and (found := as_name(name))
    }


def _read_labels(
    tree: ArchiveTree, image: ForeignImage, _head: AnnotationFileHead
) -> Iterator[ForeignMask | RefusedMask]:
    try:
        lines = tree.read(str(image.key)).decode("utf-8").splitlines()
    except UnicodeDecodeError:
        where = str(image.key)
        yield RefusedMask(where, "file_damaged")
        return
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _read_line(line, f"{image.key} line {number}", image)


def _read_line(line: str, where: str, image: ForeignImage) -> ForeignMask | RefusedMask:
    try:
        numbers = [float(word) for word in line.split()]
    except ValueError:
        return RefusedMask(where, "annotation_damaged")
    if not all(map(math.isfinite, numbers)) or not numbers[0].is_integer() or numbers[0] < 0:
        return RefusedMask(where, "annotation_damaged")
    category, ring = int(numbers[0]), numbers[1:]
    if len(ring) == 4:
        return RefusedMask(where, "mask_missing")
    if len(ring) < _FEWEST_NUMBERS:
        return RefusedMask(where, "polygon_short")
    if image.height is None or image.width is None:
        return RefusedMask(where, "size_missing")
    sides = (image.width, image.height)
    pixels = [value * sides[index % 2] for index, value in enumerate(ring)]
    try:
        counts = polygons_to_counts([pixels], image.height, image.width)
    except UnusableMask as error:
        return RefusedMask(where, str(error))
    return ForeignMask(where, image.key, category, image.height, image.width, counts, {})
