from __future__ import annotations

import numpy as np

from sam_core.amg.point_grids import build_layer_grids, build_point_grid


def test_points_are_the_centres_of_equal_cells() -> None:
    grid = build_point_grid(5)
    assert grid.shape == (25, 2)
    np.testing.assert_allclose(grid.mean(axis=0), 0.5)
    np.testing.assert_allclose(np.diff(grid[:5, 0]), 0.2)
    np.testing.assert_allclose(grid[:5, 1], 0.1)


def test_each_layer_has_fewer_points_per_side() -> None:
    assert [len(grid) for grid in build_layer_grids(32, 2, 2)] == [1024, 256, 64]
    assert [len(grid) for grid in build_layer_grids(4, 0, 1)] == [16]
