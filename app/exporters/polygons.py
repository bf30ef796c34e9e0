"""Masks as polygons along the edges of their pixels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# How the four pixels around a corner are numbered: top left, top right, bottom left, bottom right.
_TOP_LEFT, _TOP_RIGHT, _BOTTOM_LEFT, _BOTTOM_RIGHT = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class MaskOutline:
    """The outline of a mask.

    Attributes:
        outer: One ring per part: x, y, x, y, ... in pixel edges, the first point not repeated.
        hole_count: Rings around holes; polygons of COCO cannot carry them.
    """

    outer: tuple[tuple[int, ...], ...]
    hole_count: int


def trace_outline(mask: NDArray[np.bool_]) -> MaskOutline:
    """Return the rings around the parts of a mask, from top to bottom.

    Pixels that touch only at a corner belong to two parts, so no ring crosses itself.

    Args:
        mask: (height, width), true inside the object.

    Example:
        >>> mask = np.array([[False, True, True]])
        >>> trace_outline(mask).outer
        ((1, 0, 3, 0, 3, 1, 1, 1),)
    """
    vertices = _find_vertices(mask)
    along_row = _pair_up(np.lexsort((vertices.is_start_of_row, vertices.x, vertices.y)))
    along_column = _pair_up(np.lexsort((vertices.is_start_of_column, vertices.y, vertices.x)))
    outer: list[tuple[int, ...]] = []
    hole_count = 0
    is_visited = np.zeros(vertices.x.size, dtype=np.bool_)
    # From the top, then from the left: a ring is met first at its upper left corner.
    for start in np.lexsort((vertices.x, vertices.y)):
        if is_visited[start]:
            continue
        ring = _follow(int(start), along_row, along_column)
        is_visited[ring] = True
        if vertices.is_inside_below_right[start]:
            corners = np.stack([vertices.x[ring], vertices.y[ring]], axis=-1)
            outer.append(tuple(corners.ravel().tolist()))
        else:
            hole_count += 1
    return MaskOutline(tuple(outer), hole_count)


@dataclass(frozen=True, slots=True)
class _Vertices:
    """Points where an outline turns; where two pixels touch at a corner there are two."""

    x: NDArray[np.int64]
    y: NDArray[np.int64]
    is_start_of_row: NDArray[np.bool_]
    is_start_of_column: NDArray[np.bool_]
    is_inside_below_right: NDArray[np.bool_]


def _find_vertices(mask: NDArray[np.bool_]) -> _Vertices:
    padded = np.pad(mask, 1).astype(np.uint8)
    code = (
        padded[:-1, :-1] * _TOP_LEFT
        + padded[:-1, 1:] * _TOP_RIGHT
        + padded[1:, :-1] * _BOTTOM_LEFT
        + padded[1:, 1:] * _BOTTOM_RIGHT
    )
    # For every turn: does the edge go to the right, and does it go down, from the vertex?
    turns = [
        ((_TOP_LEFT, 14), False, False),
        ((_TOP_RIGHT, 13), True, False),
        ((_BOTTOM_LEFT, 11), False, True),
        ((_BOTTOM_RIGHT, 7), True, True),
    ]
    touching = {9: ((False, False), (True, True)), 6: ((True, False), (False, True))}
    places = [np.nonzero((code == first) | (code == second)) for (first, second), _, _ in turns]
    directions = [(right, down) for _, right, down in turns]
    for value, both in touching.items():
        places += [np.nonzero(code == value)] * 2
        directions += both
    y = np.concatenate([rows for rows, _ in places])
    x = np.concatenate([columns for _, columns in places])
    sizes = [rows.size for rows, _ in places]
    return _Vertices(
        x=x,
        y=y,
        is_start_of_row=np.repeat([right for right, _ in directions], sizes),
        is_start_of_column=np.repeat([down for _, down in directions], sizes),
        is_inside_below_right=(code[y, x] & _BOTTOM_RIGHT) != 0,
    )


def _pair_up(order: NDArray[np.int64]) -> NDArray[np.int64]:
    # Along a line, every edge begins at one vertex and ends at the next.
    partner = np.empty_like(order)
    partner[order[0::2]] = order[1::2]
    partner[order[1::2]] = order[0::2]
    return partner


def _follow(start: int, along_row: NDArray[np.int64], along_column: NDArray[np.int64]) -> list[int]:
    ring = [start]
    vertex = int(along_row[start])
    while vertex != start:
        ring.append(vertex)
        partners = along_column if len(ring) % 2 == 0 else along_row
        vertex = int(partners[vertex])
    return ring
