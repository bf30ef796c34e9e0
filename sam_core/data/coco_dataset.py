"""Read a COCO file of masks: plain or gzipped JSON, run lengths or polygons."""

import gzip
import json
import logging
from collections import defaultdict
from pathlib import Path
from typing import Any

from sam_core.data.records import ImageRecord, is_usable, stated_area
from sam_core.errors import DatasetError

logger = logging.getLogger(__name__)


class CocoMaskDataset:
    """The images of a COCO file that have at least one usable mask.

    A broken entry is logged with the file and its id, left out, and counted in ``skipped``.

    Args:
        images_dir: Folder that ``file_name`` is relative to.
        annotation_file: COCO JSON, plain or with the ending ``.gz``.

    Raises:
        DatasetError: If the folder or the file is missing, or is not COCO JSON.
    """

    def __init__(self, images_dir: str | Path, annotation_file: str | Path) -> None:
        self.images_dir = Path(images_dir)
        self.annotation_file = Path(annotation_file)
        self.skipped = 0
        if not self.images_dir.is_dir():
            raise DatasetError(
                f"images folder must exist, got {self.images_dir}; pass the folder that the "
                "file names of the annotation file are relative to"
            )
        document = _read_json(self.annotation_file)
        annotations = self._group(document["annotations"])
        self.records = self._build_records(document["images"], annotations)
        if self.skipped:
            logger.warning("%d broken entries of %s skipped", self.skipped, annotation_file)

    def __len__(self) -> int:
        """Return the number of images."""
        return len(self.records)

    def __getitem__(self, index: int) -> ImageRecord:
        """Return the record of one image."""
        return self.records[index]

    def _group(self, annotations: list[Any]) -> dict[Any, list[dict[str, Any]]]:
        grouped: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        for annotation in annotations:
            try:
                if is_usable(annotation):
                    grouped[annotation["image_id"]].append(annotation)
            except (AttributeError, KeyError, TypeError) as error:
                self._skip(f"annotation must be a COCO object, got {error!r} in {annotation!r:.80}")
            except DatasetError as error:
                self._skip(str(error))
        return grouped

    def _build_records(
        self, images: list[Any], annotations: dict[Any, list[dict[str, Any]]]
    ) -> list[ImageRecord]:
        records = []
        for image in images:
            try:
                chosen = annotations.get(image["id"])
                if chosen:
                    records.append(self._build_record(image, chosen))
            except (KeyError, TypeError, ValueError) as error:
                self._skip(
                    f"image must have id, file_name, height, width: {error!r} in {image!r:.80}"
                )
        return records

    def _build_record(
        self, image: dict[str, Any], annotations: list[dict[str, Any]]
    ) -> ImageRecord:
        return ImageRecord(
            image_id=image["id"],
            path=self.images_dir / image["file_name"],
            height=int(image["height"]),
            width=int(image["width"]),
            source=image.get("source", "all"),
            segmentations=tuple(annotation["segmentation"] for annotation in annotations),
            areas=tuple(stated_area(annotation) for annotation in annotations),
            annotation_ids=tuple(annotation.get("id") for annotation in annotations),
        )

    def _skip(self, reason: str) -> None:
        self.skipped += 1
        logger.warning("skipped in %s: %s", self.annotation_file, reason)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        document = json.loads(raw)
    except (OSError, EOFError, ValueError) as error:
        raise DatasetError(
            f"annotation file must be readable COCO JSON, got {error} for {path}"
        ) from error
    if not isinstance(document, dict) or not {"images", "annotations"} <= document.keys():
        raise DatasetError(
            f"annotation file must have the keys images and annotations, got another kind of "
            f"JSON in {path}; export the data set as COCO"
        )
    return document
