"""All forms of masks become one code; what cannot be one is refused with its reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import array_shapes, arrays

from app.exporters.polygons import trace_outline
from app.importers.segmentations import UnusableMask, pixels_to_counts, to_counts
from sam_core.masks.rle import decode_rle, encode_rle
from tests.helpers.coco_files import HEIGHT, WIDTH, rectangle, uncompressed
from tests.helpers.datasets import SHAPES, fill_holes

masks = arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=10))


def decoded(counts: str, shape: tuple[int, ...]) -> np.ndarray:
    return decode_rle({"size": list(shape), "counts": counts})


@given(mask=masks)
def test_both_run_length_codes_give_the_mask(mask: np.ndarray) -> None:
    for code in (dict(encode_rle(mask)), uncompressed(mask)):
        assert to_counts(code, *mask.shape) == encode_rle(mask)["counts"]
    assert pixels_to_counts(mask) == encode_rle(mask)["counts"]


@pytest.mark.parametrize("shape", SHAPES)
def test_polygons_give_the_mask_with_its_holes_filled(shape: str) -> None:
    mask = SHAPES[shape]
    rings = [list(ring) for ring in trace_outline(mask).outer]
    assert np.array_equal(decoded(to_counts(rings, *mask.shape), mask.shape), fill_holes(mask))


def test_a_polygon_may_reach_over_the_border() -> None:
    rings = [[-5.5, -5, 10, -5, 10, 40, -5.5, 40.25]]
    expected = rectangle(0, 0, 10, HEIGHT)
    assert np.array_equal(decoded(to_counts(rings, HEIGHT, WIDTH), expected.shape), expected)


def test_a_ring_of_two_corners_is_passed_over_beside_a_right_one() -> None:
    square = [5, 4, 20, 4, 20, 12, 5, 12]
    assert to_counts([[1, 2, 3, 4], square], HEIGHT, WIDTH) == to_counts([square], HEIGHT, WIDTH)


REFUSED: dict[str, tuple[Any, str]] = {
    "nothing": (None, "mask_missing"),
    "no polygon": ([], "mask_missing"),
    "a text": ("52203", "mask_damaged"),
    "a number": (5, "mask_damaged"),
    "no counts": ({"size": [HEIGHT, WIDTH]}, "mask_damaged"),
    "another size": ({"size": [WIDTH, HEIGHT], "counts": "a"}, "size_differs"),
    "no size": ({"counts": "a"}, "size_differs"),
    "runs too short": ({"size": [HEIGHT, WIDTH], "counts": [5]}, "mask_damaged"),
    "runs below zero": ({"size": [HEIGHT, WIDTH], "counts": [-1, 1537]}, "mask_damaged"),
    "runs of text": ({"size": [HEIGHT, WIDTH], "counts": ["1536"]}, "mask_damaged"),
    "endless runs": ({"size": [HEIGHT, WIDTH], "counts": [2**64]}, "mask_damaged"),
    "runs that wrap around": (
        {"size": [HEIGHT, WIDTH], "counts": [2**32, HEIGHT * WIDTH - 2**32]},
        "mask_damaged",
    ),
    "a flat polygon": ([5, 4, 20, 4, 20, 12], "polygon_damaged"),
    "two corners": ([[1, 2, 3, 4]], "polygon_short"),
    "half a corner": ([[1, 2, 3, 4, 5, 6, 7]], "polygon_damaged"),
    "corners of text": ([["1", "2", "3", "4", "5", "6"]], "polygon_damaged"),
    "a corner at the end of the world": ([[0, 0, 1e12, 0, 5, 5]], "polygon_outside"),
    "a corner below the world": ([[0, 0, 5, -1e300, 5, 5]], "polygon_outside"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_anything_else_is_refused_with_its_reason(kind: str) -> None:
    segmentation, code = REFUSED[kind]
    with pytest.raises(UnusableMask, match=f"^{code}$"):
        to_counts(segmentation, HEIGHT, WIDTH)


def test_millions_of_corners_are_refused_before_they_are_followed() -> None:
    with pytest.raises(UnusableMask, match="polygon_damaged"):
        to_counts([[0.5] * 2_000_002], HEIGHT, WIDTH)
