from __future__ import annotations

import numpy as np

from sam_core.amg.regions import remove_small_regions


def frame() -> np.ndarray:
    """Return a frame of 6 x 6 pixels around a hole of 2 x 2, and an island of one."""
    mask = np.zeros((8, 10), dtype=bool)
    mask[1:7, 1:7] = True
    mask[3:5, 3:5] = False
    mask[0, 9] = True
    return mask


def test_small_holes_are_filled_and_large_ones_stay() -> None:
    filled, changed = remove_small_regions(frame(), 5, "holes")
    assert changed
    assert filled[3:5, 3:5].all()
    assert filled[0, 9]
    same, changed = remove_small_regions(frame(), 4, "holes")
    assert not changed
    assert (same == frame()).all()


def test_small_islands_go() -> None:
    cleaned, changed = remove_small_regions(frame(), 2, "islands")
    assert changed
    assert not cleaned[0, 9]
    assert cleaned.sum() == frame().sum() - 1


def test_the_largest_island_stays_if_all_are_small() -> None:
    cleaned, changed = remove_small_regions(frame(), 1000, "islands")
    assert changed
    assert cleaned.sum() == 32


def test_pixels_that_touch_at_a_corner_are_one_island() -> None:
    diagonal = np.eye(4, dtype=bool)
    _, changed = remove_small_regions(diagonal, 4, "islands")
    assert not changed


def test_an_empty_mask_stays_empty() -> None:
    empty = np.zeros((3, 3), dtype=bool)
    assert not remove_small_regions(empty, 4, "islands")[0].any()
