"""Depth inside masks, against the exact distance transform."""

import numpy as np
import torch
from scipy import ndimage

from sam_core.data.erosion import erosion_depth, innermost_points


def test_depth_grows_with_the_distance_to_the_outside() -> None:
    mask = torch.zeros(1, 21, 31, dtype=torch.bool)
    mask[0, 3:18, 2:29] = True
    depth = erosion_depth(mask, 15)[0].numpy()
    exact = ndimage.distance_transform_edt(mask[0].numpy())
    assert depth.max() == exact.max()
    assert np.array_equal(depth > 0, exact > 0)
    assert np.abs(depth - exact).max() <= 1.5


def test_the_border_of_the_canvas_counts_as_outside() -> None:
    depth = erosion_depth(torch.ones(1, 9, 9, dtype=torch.bool), 9)[0]
    assert depth.argmax() == 4 * 9 + 4
    assert depth[0, 4] == 1


def test_counting_stops_where_it_is_told_to() -> None:
    assert erosion_depth(torch.ones(1, 31, 31, dtype=torch.bool), 4).max() == 4


def test_the_innermost_point_is_the_middle_of_a_disk_and_lies_in_every_mask() -> None:
    rows, columns = torch.meshgrid(torch.arange(32), torch.arange(32), indexing="ij")
    disk = (rows - 12) ** 2 + (columns - 20) ** 2 < 8**2
    ring = disk & ((rows - 12) ** 2 + (columns - 20) ** 2 > 4**2)
    points = innermost_points(torch.stack([disk, ring]).float()[None])[0]
    assert torch.allclose(points[0], torch.tensor([20.5, 12.5]), atol=1)
    x, y = points[1].floor().long().tolist()
    assert ring[y, x]
