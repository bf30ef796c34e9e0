from __future__ import annotations

import pytest
import torch

from sam_core.export.absorbed_attention import (
    ImageToTokenAttention,
    TokenToImageAttention,
    absorb_projections,
)
from sam_core.modeling import TwoWayTransformer
from sam_core.modeling.two_way_transformer import Attention

TOLERANCE = 1e-5


@pytest.fixture
def attention() -> Attention:
    torch.manual_seed(0)
    return Attention(16, 4, downsample_rate=2).eval()


@pytest.mark.parametrize("tokens", [1, 7, 30])
def test_tokens_see_the_same_of_the_image(attention: Attention, tokens: int) -> None:
    q, k, v = torch.randn(2, tokens, 16), torch.randn(2, 25, 16), torch.randn(2, 25, 16)
    absorbed = TokenToImageAttention(attention)
    assert torch.allclose(absorbed(q, k, v), attention(q, k, v), atol=TOLERANCE)


@pytest.mark.parametrize("tokens", [1, 7, 30])
def test_the_image_sees_the_same_of_the_tokens(attention: Attention, tokens: int) -> None:
    q, k, v = torch.randn(2, 25, 16), torch.randn(2, tokens, 16), torch.randn(2, tokens, 16)
    absorbed = ImageToTokenAttention(attention)
    assert torch.allclose(absorbed(q, k, v), attention(q, k, v), atol=TOLERANCE)


def test_the_whole_transformer_is_the_same_and_the_original_is_untouched() -> None:
    torch.manual_seed(0)
    transformer = TwoWayTransformer(depth=2, embedding_dim=16, num_heads=4, mlp_dim=32).eval()
    parts = [type(part) for part in transformer.modules()]
    inputs = (torch.randn(2, 16, 5, 6), torch.randn(2, 16, 5, 6), torch.randn(2, 7, 16))
    for have, want in zip(
        absorb_projections(transformer)(*inputs), transformer(*inputs), strict=True
    ):
        assert torch.allclose(have, want, atol=TOLERANCE)
    assert [type(part) for part in transformer.modules()] == parts
