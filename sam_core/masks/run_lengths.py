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
    code = coco_mask.frPyObjects({"size": [height, width], "counts": runs}, height, width)
    return Rle(size=[height, width], counts=code["counts"].decode("ascii"))


def region_to_runs(
    region: Bool[np.ndarray, "h w"], offset_yx: tuple[int, int], size: tuple[int, int]
) -> Int[np.ndarray, " runs"]:
    """Return the run lengths of a mask that is empty outside a region.

    Only the region is looked at, however large the image is.

    Args:
        region: True inside the object.
        offset_yx: Row and column of the region's first pixel in the image.
        size: Height, width of the image.

    Example:
        >>> region_to_runs(np.ones((2, 2), dtype=bool), (1, 1), (4, 3)).tolist()
        [5, 2, 2, 2, 1]
    """
    height, width = size
    if 2 * region.shape[0] < height:
        edges = _edges_of_low_region(region, offset_yx, height)
    else:
        edges = _edges_of_high_region(region, offset_yx, height)
    if not edges.size or edges[-1] < height * width:
        edges = np.append(edges, height * width)
    return np.diff(np.concatenate([[0], edges]))


def _edges_of_low_region(
    region: Bool[np.ndarray, "h w"], offset_yx: tuple[int, int], height: int
) -> Int[np.ndarray, " edges"]:
    """Return where runs begin and end, counted down the columns of the image."""
    top, left = offset_yx
    columns = np.zeros((region.shape[1], region.shape[0] + 2), dtype=np.bool_)
    columns[:, 1:-1] = region.T
    # Pairs of the first pixel of a run and of the one past its last.
    changes = np.flatnonzero(columns[:, 1:] != columns[:, :-1])
    column, row = np.divmod(changes, region.shape[0] + 1)
    edges = (column + left) * height + row + top
    # A run that ends at the foot of a column may go on at the head of the next one.
    goes_on = np.flatnonzero(edges[1:-1:2] == edges[2::2])
    return np.delete(edges, np.concatenate([2 * goes_on + 1, 2 * goes_on + 2]))


def _edges_of_high_region(
    region: Bool[np.ndarray, "h w"], offset_yx: tuple[int, int], height: int
) -> Int[np.ndarray, " edges"]:
    """Return the same, quicker for many runs: the region's columns are filled up."""
    top, left = offset_yx
    columns = region.T
    if region.shape[0] < height:
        columns = np.zeros((region.shape[1], height), dtype=np.bool_)
        columns[:, top : top + region.shape[0]] = region.T
    down_columns = columns.ravel()
    changes = np.flatnonzero(down_columns[1:] != down_columns[:-1]) + 1
    first = [0] if down_columns[:1].any() else []
    last = [down_columns.size] if down_columns[-1:].any() else []
    return np.concatenate([first, changes, last]).astype(np.int64) + left * height
