from __future__ import annotations

import pytest
import torch
from torch import nn

from sam_core.modeling.common import MLP, LayerNorm2d, MLPBlock, resample_grid


def test_layer_norm_is_the_one_of_torch_along_the_channels() -> None:
    x = torch.randn(2, 5, 3, 4)
    ours, theirs = LayerNorm2d(5), nn.LayerNorm(5, eps=1e-6)
    expected = theirs(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
    torch.testing.assert_close(ours(x), expected)


def test_layer_norm_forgets_scale_and_shift() -> None:
    x = torch.randn(1, 8, 3, 3, dtype=torch.float64)
    norm = LayerNorm2d(8).double()
    torch.testing.assert_close(norm(5 * x + 2), norm(x), atol=1e-4, rtol=0)


def test_mlp_block_treats_each_position_alone() -> None:
    block, x = MLPBlock(4, 9), torch.randn(2, 3, 4)
    torch.testing.assert_close(block(x)[:, 1:2], block(x[:, 1:2]))


@pytest.mark.parametrize("layers", [1, 3])
def test_head_has_the_layers_and_width_asked_for(layers: int) -> None:
    head = MLP(4, 8, 5, layers)
    assert len(head.layers) == layers
    assert head(torch.randn(2, 4)).shape == (2, 5)


def test_head_is_linear_at_its_end() -> None:
    torch.manual_seed(0)
    with torch.no_grad():
        assert float(MLP(4, 8, 5, 2)(100 * torch.randn(64, 4)).abs().max()) > 1


def test_a_grid_of_the_wanted_size_is_not_touched_and_a_flat_one_stays_flat() -> None:
    grid = torch.full((1, 2, 4, 4), 3.0)
    assert resample_grid(grid, (4, 4)) is grid
    torch.testing.assert_close(resample_grid(grid, (2, 6)), torch.full((1, 2, 2, 6), 3.0))
