from __future__ import annotations

import pytest
import torch
from torch import nn

from sam_core.export.quadrants import (
    centre_quadrants,
    doubling_bias,
    doubling_matrix,
    join_twice,
    split_once,
    split_twice,
)

GRID = (3, 5)


def test_matrix_makes_of_each_cell_what_the_convolution_makes() -> None:
    convolution = nn.ConvTranspose2d(6, 4, kernel_size=2, stride=2)
    cells = torch.randn(6, *GRID)
    wanted = split_once(convolution(cells[None])[0])
    torch.testing.assert_close(
        doubling_matrix(convolution) @ cells.flatten(1) + doubling_bias(convolution), wanted
    )


def test_a_convolution_without_bias_is_refused() -> None:
    with pytest.raises(ValueError, match="must have a bias"):
        doubling_bias(nn.ConvTranspose2d(6, 4, kernel_size=2, stride=2, bias=False))


def test_split_twice_is_split_once_of_what_was_split_once() -> None:
    features = torch.randn(2, 4 * GRID[0], 4 * GRID[1])
    fine = split_once(features).reshape(4, 2, 2 * GRID[0], 2 * GRID[1])
    coarse = torch.stack([split_once(part) for part in fine]).reshape(4, 4, 2, -1)
    assert torch.equal(split_twice(features).reshape(4, 4, 2, -1), coarse.transpose(0, 1))


def test_joined_map_is_the_one_that_was_split() -> None:
    features = torch.randn(2, 4 * GRID[0], 4 * GRID[1])
    places = split_twice(features).reshape(16, 2, -1)
    assert torch.equal(join_twice(places, GRID)[0], features)


def test_centred_channels_have_no_mean_in_any_quadrant() -> None:
    centred = centre_quadrants(torch.randn(12, 7)).reshape(4, 3, 7)
    torch.testing.assert_close(centred.mean(dim=1), torch.zeros(4, 7))
