"""Outlines: parts, holes, corners."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import array_shapes, arrays

from app.exporters.polygons import trace_outline

masks = arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=10))


def area_of(ring: tuple[int, ...]) -> float:
    x, y = np.array(ring[0::2]), np.array(ring[1::2])
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def test_one_pixel_has_four_corners() -> None:
    assert trace_outline(np.array([[True]])).outer == ((0, 0, 1, 0, 1, 1, 0, 1),)


def test_an_empty_mask_has_no_outline() -> None:
    outline = trace_outline(np.zeros((3, 4), dtype=np.bool_))
    assert (outline.outer, outline.hole_count) == ((), 0)


def test_pixels_that_touch_at_a_corner_are_two_parts() -> None:
    for mask in (np.eye(2, dtype=np.bool_), np.eye(2, dtype=np.bool_)[::-1]):
        outline = trace_outline(mask)
        assert [area_of(ring) for ring in outline.outer] == [1.0, 1.0]
        assert outline.hole_count == 0


@pytest.mark.parametrize("side", [3, 5])
def test_a_ring_has_an_outline_and_a_hole(side: int) -> None:
    mask = np.ones((side, side), dtype=np.bool_)
    mask[1:-1, 1:-1] = False
    outline = trace_outline(mask)
    assert [area_of(ring) for ring in outline.outer] == [side * side]
    assert outline.hole_count == 1


@given(mask=masks)
def test_rings_follow_every_edge_once_and_turn_at_every_corner(mask: np.ndarray) -> None:
    for ring in trace_outline(mask).outer:
        corners = list(zip(ring[0::2], ring[1::2], strict=True))
        edges = list(zip(corners, corners[1:] + corners[:1], strict=True))
        assert len(set(edges)) == len(edges) >= 4
        is_along_row = [y0 == y1 for (_, y0), (_, y1) in edges]
        assert all(one != other for one, other in pairwise(is_along_row))


@given(mask=masks)
def test_without_holes_the_rings_enclose_as_many_pixels_as_the_mask_has(mask: np.ndarray) -> None:
    outline = trace_outline(mask)
    enclosed = sum(area_of(ring) for ring in outline.outer)
    assert enclosed >= int(mask.sum())
    assert (enclosed == int(mask.sum())) is (outline.hole_count == 0)
