"""COCO panoptic: a colour per object in PNG images, and a JSON file that says what they are."""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from app.domain.dataset_import import AnnotationFileHead, ForeignImage, ForeignMask, RefusedMask
from app.importers.archive_tree import ArchiveTree, opened_tree
from app.importers.coco import add_category, add_image
from app.importers.json_stream import read_elements
from app.importers.label_map import UnusableMap, read_label_map, split_label_map
from app.importers.values import as_key


class PanopticReader:
    """Reads COCO panoptic files with their PNG images in one archive.

    Args:
        path: The archive.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def head(self) -> AnnotationFileHead:
        """Return the images and the classes.

        Raises:
            UnprocessableError: If the archive or a JSON file in it is damaged.
        """
        head = AnnotationFileHead()
        with opened_tree(self._path) as tree:
            for position, name in enumerate(panoptic_files(tree)):
                for section, element in _elements(tree, name):
                    if section == "images":
                        add_image(head, element)
                    # All parts of a split list the same classes.
                    elif section == "categories" and position == 0:
                        add_category(head, element)
        return head

    def masks(self, head: AnnotationFileHead) -> Iterator[ForeignMask | RefusedMask]:
        """Give all masks in the order of the files.

        Yields:
            A mask, or why there is none.
        """
        with opened_tree(self._path) as tree:
            pictures = {PurePosixPath(name).name: name for name in tree.named(".png")}
            for name in panoptic_files(tree):
                for section, element in _elements(tree, name):
                    if section == "annotations":
                        yield from _read_image(tree, element, head, pictures)


def panoptic_files(tree: ArchiveTree) -> list[str]:
    """Return the JSON files that explain PNG images."""
    return [name for name in tree.named(".json") if PurePosixPath(name).name.startswith("panoptic")]


def _elements(tree: ArchiveTree, name: str) -> Iterator[tuple[str, Any]]:
    with tree.open_text(name) as file:
        yield from read_elements(file)


def _read_image(
    tree: ArchiveTree, element: Any, head: AnnotationFileHead, pictures: Mapping[str, str]
) -> Iterator[ForeignMask | RefusedMask]:
    values = element if isinstance(element, Mapping) else {}
    segments = _segments_of(values)
    key, file_name = as_key(values.get("image_id")), values.get("file_name")
    place = f"{file_name!a:.60}"
    if key is None or key not in head.images:
        where = place
        yield from (RefusedMask(where, "image_not_listed") for _ in segments or [None])
        return
    if key in head.unmatched:
        yield from (RefusedMask(place, head.unmatched[key]) for _ in segments)
        return
    picture = pictures.get(PurePosixPath(file_name).name) if isinstance(file_name, str) else None
    masks = {}
    try:
        if picture is None:
            raise UnusableMap("map_missing")
        labels = read_label_map(tree.read(picture))
        masks = dict(split_label_map(labels))
    except UnusableMap as error:
        yield from (RefusedMask(place, str(error)) for _ in segments)
        return
    for segment in segments:
        yield _read_segment(segment, masks, head.images[key], labels.shape, place)


def _read_segment(
    segment: Any,
    masks: dict[int, str],
    image: ForeignImage,
    size_hw: tuple[int, ...],
    place: str,
) -> ForeignMask | RefusedMask:
    where = f"{place} segment"
    if not isinstance(segment, Mapping):
        return RefusedMask(where, "annotation_damaged")
    number, category = as_key(segment.get("id")), as_key(segment.get("category_id"))
    where = f"{place} segment {number!a:.30}"
    if category is None:
        return RefusedMask(where, "category_missing")
    height, width = size_hw
    if (image.height, image.width) != (height, width):
        return RefusedMask(where, "size_differs")
    counts = masks.get(number) if isinstance(number, int) else None
    if counts is None:
        return RefusedMask(where, "mask_empty")
    details = {"iscrowd": segment["iscrowd"]} if "iscrowd" in segment else {}
    return ForeignMask(where, image.key, category, height, width, counts, details)


def _segments_of(values: Mapping[str, Any]) -> list[Any]:
    segments = values.get("segments_info")
    return segments if isinstance(segments, list) else []
