"""Read a COCO file of masks: plain or gzipped JSON, run lengths or polygons."""

import gzip
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Bool, UInt8
from PIL import Image, ImageOps
from pycocotools import mask as coco_mask

from sam_core.errors import DatasetError
from sam_core.masks.rle import decode_rle

MIN_AREA = 16


@dataclass(frozen=True)
class ImageRecord:
    """One image of a data set and the masks drawn on it."""

    image_id: int
    path: Path
    height: int
    width: int
    source: str
    segmentations: tuple[Any, ...]


class CocoMaskDataset:
    """The images of a COCO file that have at least one usable mask.

    Args:
        images_dir: Folder that ``file_name`` is relative to.
        annotation_file: COCO JSON, plain or with the ending ``.gz``.

    Raises:
        DatasetError: If the folder or the file is missing, or is not COCO JSON.
    """

    def __init__(self, images_dir: str | Path, annotation_file: str | Path) -> None:
        self.images_dir = Path(images_dir)
        if not self.images_dir.is_dir():
            raise DatasetError(
                f"images folder must exist, got {self.images_dir}; pass the folder that the "
                "file names of the annotation file are relative to"
            )
        document = _read_json(Path(annotation_file))
        self.records = self._group(document)

    def __len__(self) -> int:
        """Return the number of images."""
        return len(self.records)

    def __getitem__(self, index: int) -> ImageRecord:
        """Return the record of one image."""
        return self.records[index]

    def _group(self, document: dict[str, Any]) -> list[ImageRecord]:
        segmentations: dict[int, list[Any]] = defaultdict(list)
        for annotation in document["annotations"]:
            usable = not annotation.get("iscrowd") and annotation.get("area", MIN_AREA) >= MIN_AREA
            if usable:
                segmentations[annotation["image_id"]].append(annotation["segmentation"])
        return [
            ImageRecord(
                image_id=image["id"],
                path=self.images_dir / image["file_name"],
                height=image["height"],
                width=image["width"],
                source=image.get("source", "all"),
                segmentations=tuple(segmentations[image["id"]]),
            )
            for image in document["images"]
            if segmentations[image["id"]]
        ]


def read_image(record: ImageRecord) -> UInt8[np.ndarray, "h w 3"]:
    """Return the RGB pixels of a record, upright as its EXIF orientation says.

    Raises:
        DatasetError: If the file is missing, broken, or of another size than stated.
    """
    try:
        with Image.open(record.path) as opened:
            pixels = np.asarray(ImageOps.exif_transpose(opened).convert("RGB"))
    except (OSError, Image.DecompressionBombError) as error:
        raise DatasetError(
            f"image {record.image_id} must be readable, got {error} for {record.path}; "
            "repair the file or leave it out of the data set"
        ) from error
    if pixels.shape[:2] != (record.height, record.width):
        raise DatasetError(
            f"image {record.image_id} must be {record.width} x {record.height} as its file of "
            f"annotations says, got {pixels.shape[1]} x {pixels.shape[0]} in {record.path}"
        )
    return pixels


def decode_mask(record: ImageRecord, segmentation: Any) -> Bool[np.ndarray, "h w"]:
    """Return one mask of a record at image size.

    Args:
        record: The image that the mask belongs to.
        segmentation: COCO polygons, compressed or uncompressed run lengths.

    Raises:
        DatasetError: If it is none of the three, or of another size than the image.
    """
    size = [record.height, record.width]
    try:
        mask = decode_rle(_as_compressed(segmentation, size))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DatasetError(
            f"a mask of image {record.image_id} must be COCO polygons or run lengths, "
            f"got {error}; repair the annotation"
        ) from error
    if mask.shape != tuple(size):
        raise DatasetError(
            f"a mask of image {record.image_id} must be {size} high and wide, got "
            f"{list(mask.shape)}; repair the annotation"
        )
    return mask


def _as_compressed(segmentation: Any, size: list[int]) -> Mapping[str, object]:
    if isinstance(segmentation, list):
        code = coco_mask.merge(coco_mask.frPyObjects(segmentation, *size))
    elif isinstance(segmentation["counts"], list):
        code = coco_mask.frPyObjects(segmentation, *size)
    else:
        return dict(segmentation)
    return {"size": code["size"], "counts": code["counts"].decode("ascii")}


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
