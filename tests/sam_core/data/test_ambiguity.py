"""Unions and parts: what a click may also mean."""

import numpy as np
import pytest

from sam_core.data.ambiguity import merge_masks, take_part


def rectangle(rows: slice, columns: slice) -> np.ndarray:
    mask = np.zeros((20, 20), dtype=bool)
    mask[rows, columns] = True
    return mask


LEFT = rectangle(slice(4, 16), slice(2, 9))
RIGHT = rectangle(slice(4, 16), slice(9, 16))
FAR = rectangle(slice(18, 20), slice(18, 20))
INSIDE = rectangle(slice(6, 10), slice(3, 6))


@pytest.mark.parametrize("seed", range(5))
def test_only_a_touching_mask_is_merged(seed: int) -> None:
    others = np.stack([LEFT, RIGHT, FAR, INSIDE])
    merged = merge_masks(LEFT, others, True, np.random.default_rng(seed))
    assert np.array_equal(merged, LEFT | RIGHT)


def test_without_a_neighbour_the_target_stays() -> None:
    others = np.stack([LEFT, FAR, INSIDE])
    assert np.array_equal(merge_masks(LEFT, others, True, np.random.default_rng(0)), LEFT)


def test_far_masks_merge_where_touching_is_not_asked_for() -> None:
    merged = merge_masks(LEFT, FAR[None], False, np.random.default_rng(0))
    assert np.array_equal(merged, LEFT | FAR)


@pytest.mark.parametrize("seed", range(20))
def test_a_part_lies_inside_and_is_smaller_or_the_whole(seed: int) -> None:
    rng = np.random.default_rng(seed)
    whole = LEFT | RIGHT
    part = take_part(whole, rng.random((20, 20, 3)), 4, rng)
    assert not (part & ~whole).any()
    assert part.sum() >= 4
    assert np.array_equal(part, whole) or part.sum() <= 0.85 * whole.sum()


def test_parts_follow_the_colours() -> None:
    whole = LEFT | RIGHT
    colours = np.where(RIGHT[..., None], 200.0, 30.0) * np.ones(3)
    parts = [take_part(whole, colours, 4, np.random.default_rng(seed)) for seed in range(20)]
    crossing = [bool((part & LEFT).any() and (part & RIGHT).any()) for part in parts]
    assert sum(crossing) <= 2
    assert any(np.array_equal(part, RIGHT) for part in parts)


def test_components_are_taken_one_at_a_time() -> None:
    whole = LEFT | FAR
    parts = [
        take_part(whole, np.zeros((20, 20, 3)), 4, np.random.default_rng(seed))
        for seed in range(12)
    ]
    assert any(np.array_equal(part, LEFT) or np.array_equal(part, FAR) for part in parts)


def test_a_target_too_small_for_parts_stays() -> None:
    tiny = rectangle(slice(0, 1), slice(0, 2))
    assert np.array_equal(take_part(tiny, np.zeros((20, 20, 3)), 4, np.random.default_rng(0)), tiny)
