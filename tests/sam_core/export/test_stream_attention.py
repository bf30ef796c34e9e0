from __future__ import annotations

import pytest
import torch
from torch import Tensor

from sam_core.export.image_stream import ImageStream
from sam_core.export.stream_attention import (
    StreamLooksAtTokens,
    TokensLookAtStream,
    TokensLookAtTokens,
    heads_of_cells,
)
from sam_core.modeling.two_way_transformer import Attention

CELLS, CHANNELS, ROWS, TOKENS = 11, 16, 3, 5


def draw(*shape: int, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


BASE, POSITIONS = draw(CHANNELS, CELLS, seed=1), draw(CHANNELS, CELLS, seed=2)
TOKEN_KEYS, TOKEN_VALUES = draw(TOKENS, CHANNELS, seed=3), draw(TOKENS, CHANNELS, seed=4)


@pytest.fixture
def stream() -> ImageStream:
    return ImageStream(
        draw(ROWS, CELLS, seed=5),
        draw(ROWS, CHANNELS, seed=6),
        draw(1, CELLS, seed=7).exp(),
        draw(CHANNELS, seed=8),
    )


@pytest.fixture
def attention() -> Attention:
    torch.manual_seed(0)
    return Attention(CHANNELS, num_heads=2, downsample_rate=2).double().requires_grad_(False)


def test_tokens_see_each_other_as_in_the_published_form(attention: Attention) -> None:
    wanted = attention(TOKEN_KEYS[None], TOKEN_KEYS[None], TOKEN_VALUES[None])[0]
    torch.testing.assert_close(TokensLookAtTokens(attention)(TOKEN_KEYS, TOKEN_VALUES), wanted)


def test_tokens_see_what_they_see_in_the_whole_image(
    stream: ImageStream, attention: Attention
) -> None:
    cells = stream.whole(BASE)
    wanted = attention(TOKEN_KEYS[None], (cells + POSITIONS).T[None], cells.T[None])[0]
    values = heads_of_cells(attention.v_proj.weight @ BASE, attention).transpose(1, 2)
    keys, position_keys = (
        heads_of_cells(attention.k_proj.weight @ part, attention) for part in (BASE, POSITIONS)
    )
    got = TokensLookAtStream(attention)(stream, TOKEN_KEYS, keys, values, position_keys)
    torch.testing.assert_close(got, wanted)


def test_image_sees_what_the_whole_image_sees(stream: ImageStream, attention: Attention) -> None:
    cells = stream.whole(BASE)
    seen = attention((cells + POSITIONS).T[None], TOKEN_KEYS[None], TOKEN_VALUES[None])[0].T
    queries, position_queries = (
        heads_of_cells(attention.q_proj.weight @ part, attention) for part in (BASE, POSITIONS)
    )
    more, taken = StreamLooksAtTokens(attention)(
        stream, TOKEN_KEYS, TOKEN_VALUES, queries, position_queries
    )
    torch.testing.assert_close(more.whole(BASE), cells + seen)
    assert torch.equal(taken.transpose(0, 1).flatten(1), attention.v_proj(TOKEN_VALUES))


def test_no_weight_is_so_small_that_products_are_denormal(
    stream: ImageStream, attention: Attention
) -> None:
    attention.q_proj.weight.mul_(1000)
    nothing = torch.zeros(2, 4, CELLS, dtype=torch.float64)
    more, _ = StreamLooksAtTokens(attention)(stream, TOKEN_KEYS, TOKEN_VALUES, nothing)
    weights = more.mixture[ROWS:]
    assert 1e-15 < float(weights.min()) < 1e-12
    torch.testing.assert_close(weights.sum(dim=0), torch.full_like(weights[0], 2.0))
