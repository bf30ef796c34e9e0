"""Masks of one image painted into one map of numbers, for formats with one owner per pixel."""

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.domain.dataset import DatasetImage, DatasetMask
from app.domain.export import ExportReport
from sam_core.masks.rle import decode_rle

OVERLAP_CUT = "overlap_cut"
_OVERLAP_TEXT = "every pixel has one owner; what lies below another object is cut off"


def paint(
    image: DatasetImage, masks: Sequence[DatasetMask], values: Sequence[int]
) -> NDArray[np.int32]:
    """Return the map (height, width) of the masks; 0 where there is none.

    What was brought to the front lies on top. Where nobody said so, smaller objects lie on
    larger ones, so that an object inside another one stays visible; of equally large ones the
    later lies on top.

    Args:
        image: Gives the size.
        masks: Of this image.
        values: The number of each mask.
    """
    painted = np.zeros((image.height, image.width), dtype=np.int32)

    def level(index: int) -> tuple[float, int, int]:
        return masks[index].z_order, -masks[index].area, index

    for index in sorted(range(len(masks)), key=level):
        painted[decode_rle(masks[index].coco_rle)] = values[index]
    return painted


def note_overlaps(
    painted: NDArray[np.int32],
    masks: Sequence[DatasetMask],
    values: Sequence[int],
    report: ExportReport,
) -> None:
    """Count the masks of which something is hidden.

    Args:
        painted: What `paint` gave.
        masks: Of this image.
        values: The number of each mask.
        report: Where losses are counted.
    """
    for mask, value in zip(masks, values, strict=True):
        if not bool((painted[decode_rle(mask.coco_rle)] == value).all()):
            report.note_loss(OVERLAP_CUT, _OVERLAP_TEXT, mask.id)


def to_png(pixels: NDArray[np.generic], palette: Sequence[int] | None = None) -> bytes:
    """Return a PNG file.

    Args:
        pixels: uint8 or uint16 for one channel, (height, width, 3) uint8 for colours.
        palette: Red, green, blue, red, ... of the values; ``None`` for none.
    """
    picture = Image.fromarray(pixels)
    if palette is not None:
        picture = picture.convert("P")
        picture.putpalette(palette)
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


def from_png(content: bytes) -> NDArray[np.int32]:
    """Return the numbers of a PNG file as they stand there, palettes unapplied."""
    with Image.open(io.BytesIO(content)) as picture:
        return np.asarray(picture).astype(np.int32)
