"""Attention between tokens and cells, projections moved, equals the published form."""

from __future__ import annotations

import torch
from torch import Tensor

from sam_core.amg.cell_attention import cells_look_at_tokens, tokens_look_at_cells
from sam_core.modeling.two_way_transformer import Attention

WIDTH, HEADS = 16, 4


def attention() -> Attention:
    torch.manual_seed(0)
    return Attention(WIDTH, HEADS, downsample_rate=2).double()


def random(*shape: int) -> Tensor:
    return torch.randn(*shape, dtype=torch.float64)


def test_tokens_see_what_they_see_in_the_published_form() -> None:
    published, tokens = attention(), random(3, 5, WIDTH)
    placed, cells = random(3, 20, WIDTH), random(3, 20, WIDTH)
    want = published(q=tokens, k=placed, v=cells)
    torch.testing.assert_close(tokens_look_at_cells(published, tokens, placed, cells), want)


def test_cells_see_what_they_see_in_the_published_form() -> None:
    published, keys, values = attention(), random(3, 5, WIDTH), random(3, 5, WIDTH)
    placed, cells = random(3, 20, WIDTH), random(3, 20, WIDTH)
    want = cells + published(q=placed, k=keys, v=values)
    torch.testing.assert_close(cells_look_at_tokens(published, cells, placed, keys, values), want)
