from __future__ import annotations

import numpy as np
import pytest

from sam_core.amg.levels import explained_points, split_into_levels
from sam_core.amg.point_grids import build_point_grid


@pytest.mark.parametrize("side", [8, 11, 32])
def test_every_point_comes_once_and_few_come_first(side: int) -> None:
    levels = split_into_levels(build_point_grid(side))
    assert sorted(np.concatenate(levels)) == list(range(side**2))
    assert len(levels) == 3
    assert len(levels[0]) < len(levels[1]) < len(levels[2])


def test_the_first_level_is_spread_evenly() -> None:
    grid = build_point_grid(32)
    first = grid[split_into_levels(grid)[0]]
    assert len(first) == 64
    assert np.unique(np.diff(np.unique(first[:, 0])).round(9)).tolist() == [0.125]


@pytest.mark.parametrize("grid", [build_point_grid(4), np.random.default_rng(0).random((100, 2))])
def test_small_and_own_grids_are_one_level(grid: np.ndarray) -> None:
    (only,) = split_into_levels(grid)
    assert only.tolist() == list(range(len(grid)))


def test_a_point_is_explained_by_a_point_in_the_same_smallest_mask() -> None:
    whole = np.array([1, 1, 1, 1, 1, 0], dtype=bool)
    part = np.array([0, 0, 0, 1, 1, 0], dtype=bool)
    masks = np.stack([part, whole])
    everywhere = np.arange(6)
    in_whole = explained_points(masks, np.array([0]), everywhere)
    assert in_whole.tolist() == [True, True, True, False, False, False]
    in_part = explained_points(masks, np.array([4]), everywhere)
    assert in_part.tolist() == [False, False, False, True, True, False]


def test_a_point_beside_all_masks_explains_nothing() -> None:
    masks = np.array([[True, False, False]])
    assert not explained_points(masks, np.array([1]), np.arange(3)).any()


def test_without_masks_nothing_is_explained() -> None:
    assert not explained_points(np.zeros((0, 0), dtype=bool), np.arange(0), np.arange(4)).any()
