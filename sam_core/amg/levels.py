"""The order of the points of a grid: coarse first, so that later ones can be left out."""

import math

import numpy as np
from numpy.typing import NDArray

from sam_core.amg.point_grids import build_point_grid

_STRIDES = (4, 2, 1)
"""Of the points of a level, in points of the whole grid."""


def split_into_levels(grid: NDArray[np.float64]) -> list[NDArray[np.intp]]:
    """Return the indices of a grid's points, coarse level first; every point comes once.

    Args:
        grid: (n, 2). A grid that is no square of equal cells is one level.
    """
    side = math.isqrt(len(grid))
    everything = np.arange(len(grid))
    if side < 2 * _STRIDES[0] or len(grid) != side**2:
        return [everything]
    if not np.allclose(grid, build_point_grid(side)):
        return [everything]
    row, column = np.divmod(everything, side)
    waiting = np.ones(len(grid), dtype=bool)
    levels = []
    for stride in _STRIDES:
        # In the middle of each stride x stride square of points.
        middle = stride // 2
        chosen = waiting & (row % stride == middle) & (column % stride == middle)
        if stride == _STRIDES[-1]:
            chosen = waiting
        levels.append(np.flatnonzero(chosen))
        waiting &= ~chosen
    return levels


def explained_points(
    masks: NDArray[np.bool_], asked: NDArray[np.intp], waiting: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Return which of the waiting points would probably bring nothing new.

    A point is explained if the smallest mask around it is also the smallest mask around a
    point that was asked: the answer is known there.

    Args:
        masks: (n, cells) of every mask found so far, true inside.
        asked: Cells of the points that were asked.
        waiting: Cells of the points that were not.
    """
    if not len(masks):
        return np.zeros(len(waiting), dtype=bool)
    by_size = np.argsort(-masks.sum(axis=1), kind="stable")
    smallest = np.full(masks.shape[1], -1)
    for index in by_size:
        smallest[masks[index]] = index
    known = np.zeros(len(masks) + 1, dtype=bool)
    known[smallest[asked]] = True
    known[-1] = False  # no mask at all explains nothing
    explained: NDArray[np.bool_] = known[smallest[waiting]]
    return explained
