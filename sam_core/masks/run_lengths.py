"""Run lengths of masks as plain numbers: COCO's uncompressed code.

The runs go down the columns, background first; a mask whose first pixel is set begins with
a run of length zero.
"""

from typing import TypedDict

import numpy as np
from jaxtyping import Bool, Int
from pycocotools import mask as coco_mask

from sam_core.masks.rle import Rle


class UncompressedRle(TypedDict):
    """One mask as COCO keeps it without compression: ``size`` is height, width."""

    size: list[int]
    counts: list[int]


def mask_to_runs(mask: Bool[np.ndarray, "h w"]) -> Int[np.ndarray, " runs"]:
    """Return the run lengths of a mask.

    Args:
        mask: True inside the object.

    Example:
        >>> mask_to_runs(np.array([[True, False], [True, True]])).tolist()
        [0, 2, 1, 1]
    """
    down_columns = mask.T.ravel()
    changes = np.flatnonzero(down_columns[1:] != down_columns[:-1]) + 1
    starts = [0, 0] if down_columns[:1].any() else [0]
    return np.diff(np.concatenate([starts, changes, [down_columns.size]]))


def runs_to_mask(runs: Int[np.ndarray, " runs"], size: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
    """Return the mask of run lengths.

    Args:
        runs: They add up to the pixels of the size.
        size: Height, width.
    """
    height, width = size
    values = np.zeros(runs.size, dtype=np.bool_)
    values[1::2] = True
    return np.repeat(values, runs).reshape(width, height).T


def compress_runs(runs: Int[np.ndarray, " runs"], size: tuple[int, int]) -> Rle:
    """Return run lengths in the compressed code."""
    height, width = size
    code = coco_mask.frPyObjects({"size": [height, width], "counts": runs.tolist()}, height, width)
    return Rle(size=[height, width], counts=code["counts"].decode("ascii"))
