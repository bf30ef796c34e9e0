"""Read the layout of SA-1B: a folder with one JSON file beside each image."""

import json
import logging
from pathlib import Path
from typing import Any

from sam_core.data.records import ImageRecord, is_usable, stated_area
from sam_core.errors import DatasetError

logger = logging.getLogger(__name__)


class Sa1bDataset:
    """The images of a folder in SA-1B's layout; their files are read when they are asked for.

    The data set has millions of images, so only the names are kept. A broken annotation is
    logged with the file and its id, left out, and counted in ``skipped``.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, section 5; each file holds ``image`` (with
        ``image_id, width, height, file_name``) and ``annotations`` (each with ``id``,
        ``area`` and a run-length ``segmentation``).

    Args:
        images_dir: Folder of the images.
        annotations_dir: Folder of the JSON files; ``None`` means that they lie beside the
            images. Folders inside it are searched too.

    Raises:
        DatasetError: If a folder is missing or has no JSON file.
    """

    def __init__(self, images_dir: str | Path, annotations_dir: str | Path | None = None) -> None:
        self.images_dir = Path(images_dir)
        self.annotations_dir = Path(annotations_dir or images_dir)
        self.skipped = 0
        for folder in (self.images_dir, self.annotations_dir):
            if not folder.is_dir():
                raise DatasetError(
                    f"data folder must exist, got {folder}; pass the folder of an unpacked part "
                    "of SA-1B"
                )
        self.paths = sorted(self.annotations_dir.rglob("*.json"))
        if not self.paths:
            raise DatasetError(
                f"data folder must hold one JSON file per image, got none in "
                f"{self.annotations_dir}; pass the folder of an unpacked part of SA-1B"
            )

    def __len__(self) -> int:
        """Return the number of annotation files."""
        return len(self.paths)

    def __getitem__(self, index: int) -> ImageRecord:
        """Return the record of one image.

        Raises:
            DatasetError: If its JSON file is missing, broken or without a usable mask.
        """
        path = self.paths[index]
        try:
            document = json.loads(path.read_bytes())
            image, annotations = document["image"], document["annotations"]
            usable = [item for item in annotations if self._is_usable(item, path)]
            record = ImageRecord(
                image_id=int(image["image_id"]),
                path=self._image_path(path, image["file_name"]),
                height=int(image["height"]),
                width=int(image["width"]),
                source="all",
                segmentations=tuple(item["segmentation"] for item in usable),
                areas=tuple(stated_area(item) for item in usable),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DatasetError(
                f"annotation file must hold image and annotations as in SA-1B, got {error!r} "
                f"for {path}; repair the file or leave it out of the data set"
            ) from error
        if not record.segmentations:
            raise DatasetError(
                f"image {record.image_id} must have a usable mask, got none in {path}"
            )
        return record

    def _image_path(self, path: Path, name: str) -> Path:
        beside = path.parent / name
        return beside if beside.exists() else self.images_dir / name

    def _is_usable(self, annotation: dict[str, Any], path: Path) -> bool:
        try:
            return is_usable(annotation)
        except DatasetError as error:
            self.skipped += 1
            logger.warning("skipped in %s: %s", path, error)
            return False
