"""What a data set hands out: an image's file and its masks, decoded on demand."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

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
    areas: tuple[float, ...] = ()
    """Pixels of each mask as the file states them; NaN where it does not."""
    annotation_ids: tuple[Any, ...] = ()
    """Id of each mask's annotation, as the file states it; ``None`` where it does not."""


class MaskDataset(Protocol):
    """Images with masks, by number."""

    @property
    def skipped(self) -> int:
        """How many images and annotations were left out because they are broken."""

    def __len__(self) -> int:
        """Return the number of images."""

    def __getitem__(self, index: int) -> ImageRecord:
        """Return one image; a :class:`DatasetError` says that it cannot be used."""


def is_usable(annotation: Mapping[str, Any]) -> bool:
    """Return whether an annotation is one object of a useful size, as far as it states that.

    Raises:
        DatasetError: If it has no segmentation or its area is no number.
    """
    number = annotation.get("id", "without an id")
    if not annotation.get("segmentation"):
        raise DatasetError(
            f"annotation {number} of image {annotation.get('image_id')} must have a segmentation"
        )
    area = annotation.get("area", MIN_AREA)
    if isinstance(area, bool) or not isinstance(area, int | float):
        raise DatasetError(f"area of annotation {number} must be a number, got {area!r}")
    return not annotation.get("iscrowd") and area >= MIN_AREA


def stated_area(annotation: Mapping[str, Any]) -> float:
    """Return the area of an annotation in pixels, NaN if it does not state it."""
    return float(annotation.get("area", math.nan))


def read_image(record: ImageRecord) -> UInt8[np.ndarray, "h w 3"]:
    """Return the RGB pixels of a record, upright as its EXIF orientation says.

    Raises:
        DatasetError: If the file is missing, broken, or of another size than stated.
    """
    pixels = read_pixels(record.path, f"image {record.image_id}")
    if pixels.shape[:2] != (record.height, record.width):
        raise DatasetError(
            f"image {record.image_id} must be {record.width} x {record.height} as its file of "
            f"annotations says, got {pixels.shape[1]} x {pixels.shape[0]} in {record.path}"
        )
    return pixels


def read_pixels(path: Path, name: str = "image") -> UInt8[np.ndarray, "h w 3"]:
    """Return the RGB pixels of an image file, upright as its EXIF orientation says.

    Args:
        path: The file.
        name: What to call it in a message.

    Raises:
        DatasetError: If the file is missing or broken.
    """
    try:
        with Image.open(path) as opened:
            return np.asarray(ImageOps.exif_transpose(opened).convert("RGB"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DatasetError(
            f"{name} must be readable, got {error} for {path}; repair the file or leave it out "
            "of the data set"
        ) from error


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
        _check_polygons(segmentation)
        code = coco_mask.merge(coco_mask.frPyObjects(segmentation, *size))
    elif isinstance(segmentation["counts"], list):
        code = coco_mask.frPyObjects(segmentation, *size)
    else:
        return dict(segmentation)
    return {"size": code["size"], "counts": code["counts"].decode("ascii")}


def _check_polygons(polygons: list[Any]) -> None:
    # pycocotools reads a list of four numbers as a box and stops on others without a type.
    for polygon in polygons:
        if len(polygon) < 6 or len(polygon) % 2 or not np.isfinite(polygon).all():
            raise ValueError(f"a polygon of {len(polygon)} numbers")
