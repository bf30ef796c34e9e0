"""Which format a file is in, found out from what is in it."""

import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from app.domain.dataset_import import AnnotationReader, ImportFormat
from app.errors import UnprocessableError
from app.importers.archive_tree import ArchiveTree, opened_tree
from app.importers.coco import CocoReader
from app.importers.coco_archive import CocoArchiveReader
from app.importers.json_stream import read_elements
from app.importers.label_png import CLASSES, INSTANCES, InstancePngReader, SemanticPngReader
from app.importers.labelme import LabelmeReader
from app.importers.panoptic import PanopticReader, panoptic_files
from app.importers.pascal_voc import PascalVocReader
from app.importers.yolo import YoloReader, label_files

_OURS = ("report.json", "classes.json")
_FIRST_FIELDS = 20
_FIRST_FILES = 5

READERS: dict[ImportFormat, Callable[[Path], AnnotationReader]] = {
    ImportFormat.YOLO: YoloReader,
    ImportFormat.PASCAL_VOC: PascalVocReader,
    ImportFormat.LABELME: LabelmeReader,
    ImportFormat.INSTANCE_PNG: InstancePngReader,
    ImportFormat.SEMANTIC_PNG: SemanticPngReader,
    ImportFormat.PANOPTIC: PanopticReader,
}


def open_reader(path: Path) -> tuple[ImportFormat, AnnotationReader]:
    """Return the format of a file and its reader.

    Args:
        path: A COCO file, or an archive in one of the formats.

    Raises:
        UnprocessableError: If the archive is damaged, hostile, or in no known format.
    """
    if not zipfile.is_zipfile(path):
        return ImportFormat.COCO, CocoReader(path)
    with opened_tree(path) as tree:
        found = _format_by_names(tree) or _format_by_json(tree)
        if found is ImportFormat.COCO:
            return found, CocoArchiveReader(path, _plain_json(tree))
    return found, READERS[found](path)


def _format_by_names(tree: ArchiveTree) -> ImportFormat | None:
    if tree.named(".png", "SegmentationObject") or tree.named(".xml", "Annotations"):
        return ImportFormat.PASCAL_VOC
    if panoptic_files(tree):
        return ImportFormat.PANOPTIC
    if tree.named(".png", INSTANCES):
        return ImportFormat.INSTANCE_PNG
    if tree.named(".png", CLASSES):
        return ImportFormat.SEMANTIC_PNG
    settings = [*tree.named(".yaml"), *tree.named(".yml"), *tree.named("classes.txt")]
    return (
        ImportFormat.YOLO
        if tree.named(".txt", "labels") or (settings and label_files(tree))
        else None
    )


def _format_by_json(tree: ArchiveTree) -> ImportFormat:
    for name in _plain_json(tree)[:_FIRST_FILES]:
        with tree.open_text(name) as file:
            for position, (field, _) in enumerate(read_elements(file)):
                if field in {"shapes", "imagePath"}:
                    return ImportFormat.LABELME
                if field in {"images", "annotations"}:
                    return ImportFormat.COCO
                if position > _FIRST_FIELDS:
                    break
    held = ", ".join(f"{name!a:.60}" for name in tree.names[:5]) or "nothing"
    raise UnprocessableError(
        "archive_unknown",
        "an archive must hold COCO, YOLO, Pascal VOC, LabelMe, COCO panoptic or PNG label images, "
        f"got {held}",
        "pack the folder of the annotations as the other program wrote it",
    )


def _plain_json(tree: ArchiveTree) -> list[str]:
    return [name for name in tree.named(".json") if PurePosixPath(name).name not in _OURS]
