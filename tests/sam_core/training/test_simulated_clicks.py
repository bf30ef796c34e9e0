"""The simulated annotator clicks where the protocol says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import ndimage

from sam_core.training.simulated_clicks import (
    Click,
    deepest_pixel,
    first_click,
    intersection_over_union,
    largest_component,
    next_click,
)

SMALL_MASKS = arrays(np.bool_, st.tuples(st.integers(1, 9), st.integers(1, 9)))


def block(top: int, left: int, height: int, width: int) -> np.ndarray:
    mask = np.zeros((20, 30), dtype=bool)
    mask[top : top + height, left : left + width] = True
    return mask


def test_the_first_click_is_in_the_middle_of_the_thickest_part() -> None:
    assert first_click(block(8, 10, 9, 9) | block(12, 0, 1, 30)) == Click(12, 14, True)


def test_the_image_border_is_outside() -> None:
    assert deepest_pixel(np.ones((5, 7), dtype=bool)) == (2, 2)


@given(SMALL_MASKS)
def test_the_deepest_pixel_is_that_of_the_distance_transform_of_the_whole_image(
    region: np.ndarray,
) -> None:
    if not region.any():
        return
    depth = ndimage.distance_transform_edt(np.pad(region, 1))[1:-1, 1:-1]
    assert depth[deepest_pixel(region)] == depth.max()


def test_the_next_click_goes_to_the_largest_error_with_its_label() -> None:
    truth, mask = block(2, 2, 9, 9), block(2, 14, 5, 5)
    assert next_click(mask, truth) == Click(6, 6, True)
    assert next_click(truth | block(2, 14, 12, 12), truth) == Click(7, 19, False)


def test_missed_and_false_parts_that_touch_are_two_components() -> None:
    truth, mask = block(5, 0, 5, 10), block(5, 10, 5, 12)
    click = next_click(mask, truth)
    assert click == Click(7, 12, False)
    assert mask[click.row, click.column]
    assert not truth[click.row, click.column]


def test_of_equally_large_errors_the_missed_one_comes_first() -> None:
    assert next_click(block(5, 10, 5, 5), block(5, 0, 5, 5)) == Click(7, 2, True)


def test_a_perfect_mask_needs_no_click() -> None:
    assert next_click(block(3, 3, 4, 4), block(3, 3, 4, 4)) is None


def test_components_that_touch_at_a_corner_are_apart() -> None:
    component = largest_component(block(2, 2, 3, 3) | block(5, 5, 4, 4))
    assert np.array_equal(component, block(5, 5, 4, 4))


@given(SMALL_MASKS, SMALL_MASKS)
def test_every_click_lies_in_the_error_it_names(first: np.ndarray, second: np.ndarray) -> None:
    height, width = (min(sizes) for sizes in zip(first.shape, second.shape, strict=True))
    mask, truth = first[:height, :width], second[:height, :width]
    click = next_click(mask, truth)
    if click is None:
        assert np.array_equal(mask, truth)
    else:
        assert truth[click.row, click.column] == click.is_foreground
        assert mask[click.row, click.column] != click.is_foreground


@pytest.mark.parametrize(
    ("mask", "truth", "expected"),
    [
        (block(0, 0, 4, 4), block(0, 0, 4, 4), 1.0),
        (block(0, 0, 4, 4), block(0, 2, 4, 4), 1 / 3),
        (block(0, 0, 4, 4), block(9, 9, 4, 4), 0.0),
        (block(0, 0, 0, 0), block(0, 0, 0, 0), 1.0),
    ],
)
def test_overlap_of_known_masks(mask: np.ndarray, truth: np.ndarray, expected: float) -> None:
    assert intersection_over_union(mask, truth) == pytest.approx(expected)
