"""Pascal VOC: objects and classes as PNG images, names and boxes in XML files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as Tree

import numpy as np
from numpy.typing import NDArray

from app.domain.dataset_import import (
    AnnotationFileHead,
    ForeignCategory,
    ForeignImage,
    ForeignMask,
    RefusedMask,
)
from app.importers.archive_tree import ArchiveTree, opened_tree
from app.importers.image_list import image_of_file, read_image_list
from app.importers.label_map import UnusableMap, read_label_map, read_map_size, split_label_map
from app.importers.per_image import masks_by_image
from app.importers.values import LONGEST_NAME, as_name

_NOT_JUDGED = 255
_LARGEST_XML = 16 * 1024 * 1024
_LABELS = "labelmap.txt"


@dataclass(frozen=True, slots=True)
class _Files:
    """Where the files of an image lie, by its stem."""

    objects: str | None = None
    classes: str | None = None
    boxes: str | None = None


class PascalVocReader:
    """Reads Pascal VOC.

    The n-th object of the XML file is the one with number n in ``SegmentationObject``; where the
    XML file lists fewer, the class comes from ``SegmentationClass``.

    Args:
        path: The archive.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: dict[str, _Files] = {}
        self._labels: dict[int, str] = {}

    def head(self) -> AnnotationFileHead:
        """Return the images; the classes are found with the masks.

        Raises:
            UnprocessableError: If the archive is damaged.
        """
        head = AnnotationFileHead()
        with opened_tree(self._path) as tree:
            self._labels = _read_labels(tree)
            self._files = _find_files(tree)
            listed = read_image_list(tree, head)
            for stem, files in self._files.items():
                try:
                    size = read_map_size(tree.read(files.objects)) if files.objects else None
                except UnusableMap as error:
                    head.notes.append((str(error), f"{files.objects!a:.80}"))
                    continue
                image = image_of_file(f"{stem}.png", listed, size)._replace(key=stem)
                boxes = _read_xml(tree.read(files.boxes)) if files.boxes else _Xml()
                if image.is_stem and boxes.file_name:
                    image = image._replace(file_name=boxes.file_name, is_stem=False)
                head.images[stem] = image
        return head

    def masks(self, head: AnnotationFileHead) -> Iterator[ForeignMask | RefusedMask]:
        """Give all masks, image by image, and note their classes."""
        return masks_by_image(self._path, head, self._read_image)

    def _read_image(
        self, tree: ArchiveTree, image: ForeignImage, head: AnnotationFileHead
    ) -> Iterator[ForeignMask | RefusedMask]:
        files = self._files[str(image.key)]
        names = _read_xml(tree.read(files.boxes)).names if files.boxes else []
        found: dict[int, str] = {}
        try:
            objects = read_label_map(tree.read(files.objects)) if files.objects else None
            classes = read_label_map(tree.read(files.classes)) if files.classes else None
        except UnusableMap as error:
            where = str(image.key)
            yield RefusedMask(where, str(error))
            return
        if objects is not None:
            height, width = objects.shape
            found = {key: code for key, code in split_label_map(objects) if key != _NOT_JUDGED}
            for value, counts in found.items():
                where = f"{files.objects} object {value}"
                label = self._class_of(value, names, objects, classes)
                if label is None:
                    yield RefusedMask(where, "category_missing")
                    continue
                head.categories.setdefault(label, ForeignCategory(label, label))
                yield ForeignMask(where, image.key, label, height, width, counts, {})
        for number in range(1, len(names) + 1):
            where = f"{files.boxes} object {number}"
            if number not in found:
                yield RefusedMask(where, "mask_missing")

    def _class_of(
        self,
        value: int,
        names: list[str],
        objects: NDArray[np.int64],
        classes: NDArray[np.int64] | None,
    ) -> str | None:
        if value <= len(names):
            return as_name(names[value - 1])
        if classes is None or classes.shape != objects.shape:
            return None
        owners = classes[objects == value]
        numbers, counts = np.unique(owners[owners != _NOT_JUDGED], return_counts=True)
        if numbers.size == 0 or numbers[counts.argmax()] == 0:
            return None
        number = int(numbers[counts.argmax()])
        return self._labels.get(number, f"class {number}")


@dataclass(slots=True)
class _Xml:
    file_name: str = ""
    names: list[str] = field(default_factory=list)


def _read_xml(content: bytes) -> _Xml:
    """Return what an XML file says; a damaged one says nothing."""
    found = _Xml()
    try:
        text = content[:_LARGEST_XML].decode("utf-8")
        # Files of the contest define no entities; those that do could unpack to anything.
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            return found
        root = Tree.fromstring(text)
    except (UnicodeDecodeError, ValueError, Tree.ParseError):
        return found
    name = (root.findtext("filename") or "").strip()
    found.file_name = name if len(name) <= LONGEST_NAME else ""
    found.names = [entry.findtext("name") or "" for entry in root.findall("object")]
    return found


def _find_files(tree: ArchiveTree) -> dict[str, _Files]:
    places = {
        "objects": tree.named(".png", "SegmentationObject"),
        "classes": tree.named(".png", "SegmentationClass"),
        "boxes": tree.named(".xml", "Annotations"),
    }
    found: dict[str, dict[str, str]] = {}
    for kind, names in places.items():
        for name in names:
            found.setdefault(PurePosixPath(name).stem, {})[kind] = name
    return {stem: _Files(**files) for stem, files in sorted(found.items())}


def _read_labels(tree: ArchiveTree) -> dict[int, str]:
    """Return the names of class numbers: ``1 cat`` as we write it, or ``cat:...`` in order."""
    names = [name for name in tree.names if PurePosixPath(name).name == _LABELS]
    if not names:
        return {}
    labels = {}
    lines = tree.read(names[0]).decode("utf-8", errors="replace").splitlines()
    listed = [line for line in lines if line.strip() and not line.startswith("#")]
    for position, line in enumerate(listed):
        number, _, name = line.partition(" ")
        is_ours = number.isascii() and number.isdigit() and len(number) < 4
        label = as_name(name if is_ours else line.partition(":")[0])
        if label is not None:
            labels[int(number) if is_ours else position] = label
    return labels
