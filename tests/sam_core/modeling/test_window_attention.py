from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from sam_core.modeling.window_attention import (
    Attention,
    relative_positions,
    window_partition,
    window_unpartition,
)
from tests.helpers.fill_weights import fill_weights

sides = st.integers(1, 12)


@given(sides, sides, st.integers(1, 7))
def test_windows_put_together_give_the_grid(height: int, width: int, window: int) -> None:
    grid = torch.randn(2, height, width, 3)
    windows, padded = window_partition(grid, window)
    assert windows.shape[1:] == (window, window, 3)
    assert all(side % window == 0 for side in padded)
    assert torch.equal(window_unpartition(windows, window, padded, (height, width)), grid)


def test_padding_is_zero_and_at_the_right_and_the_bottom() -> None:
    windows, _ = window_partition(torch.ones(1, 3, 3, 1), 2)
    assert windows[0].sum() == 4
    assert windows[3].flatten().tolist() == [1, 0, 0, 0]


def test_relative_positions_depend_on_the_difference_alone() -> None:
    table = torch.arange(7.0)[:, None]
    offsets = relative_positions(4, table)[..., 0]
    expected = torch.tensor([[query - key + 3.0 for key in range(4)] for query in range(4)])
    assert torch.equal(offsets, expected)


def test_relative_positions_are_resampled_to_another_length() -> None:
    table = torch.linspace(-1, 1, 7)[:, None]
    offsets = relative_positions(8, table)[..., 0]
    assert offsets.shape == (8, 8)
    assert float(offsets[0, -1]) < 0 < float(offsets[-1, 0])
    torch.testing.assert_close(offsets, -offsets.T)


def test_attention_by_the_formula() -> None:
    attention = Attention(8, num_heads=2, use_rel_pos=True, input_size=(2, 3))
    fill_weights(attention)
    attention.requires_grad_(False)
    x = torch.randn(1, 2, 3, 8)
    q, k, v = attention.qkv(x).reshape(6, 3, 2, 4).permute(1, 2, 0, 3)
    places = [(row, column) for row in range(2) for column in range(3)]
    heads = []
    for head in range(2):
        scores = q[head] @ k[head].T / 2
        for i, (row, column) in enumerate(places):
            for j, (other_row, other_column) in enumerate(places):
                vertical = attention.rel_pos_h[row - other_row + 1]
                horizontal = attention.rel_pos_w[column - other_column + 2]
                scores[i, j] += q[head, i] @ (vertical + horizontal)
        heads.append(scores.softmax(dim=-1) @ v[head])
    expected = attention.proj(torch.cat(heads, dim=-1)).reshape(1, 2, 3, 8)
    torch.testing.assert_close(attention(x), expected)


def test_without_relative_positions_the_places_do_not_matter() -> None:
    attention = Attention(8, num_heads=2)
    x = torch.randn(1, 3, 4, 8)
    torch.testing.assert_close(attention(x.flip(1, 2)), attention(x).flip(1, 2))


def test_relative_positions_need_the_size_of_the_grid() -> None:
    with pytest.raises(ValueError, match=r"input_size must be given when use_rel_pos is set"):
        Attention(8, use_rel_pos=True)
