from __future__ import annotations

import torch

from sam_core.modeling.two_way_transformer import Attention, TwoWayTransformer
from tests.helpers.fill_weights import fill_weights


def build() -> TwoWayTransformer:
    transformer = TwoWayTransformer(depth=2, embedding_dim=16, num_heads=4, mlp_dim=32)
    fill_weights(transformer)
    return transformer.double()


def inputs(tokens: int = 3) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    random = torch.Generator().manual_seed(0)
    image = torch.randn(1, 16, 4, 5, generator=random, dtype=torch.float64)
    positions = torch.randn(1, 16, 4, 5, generator=random, dtype=torch.float64)
    return image, positions, torch.randn(1, tokens, 16, generator=random, dtype=torch.float64)


def test_tokens_and_image_keep_their_counts() -> None:
    tokens, image = build()(*inputs())
    assert tokens.shape == (1, 3, 16)
    assert image.shape == (1, 20, 16)


def test_order_of_the_tokens_only_orders_the_answer() -> None:
    transformer, (image, positions, points) = build(), inputs()
    tokens, features = transformer(image, positions, points)
    flipped_tokens, flipped_features = transformer(image, positions, points.flip(1))
    torch.testing.assert_close(flipped_tokens, tokens.flip(1))
    torch.testing.assert_close(flipped_features, features)


def test_places_of_the_image_are_told_by_their_positions_alone() -> None:
    transformer, (image, positions, points) = build(), inputs()
    tokens, features = transformer(image, positions, points)
    moved, mirrored = transformer(image.flip(3), positions.flip(3), points)
    torch.testing.assert_close(moved, tokens)
    expected = features.reshape(1, 4, 5, 16).flip(2).reshape(1, 20, 16)
    torch.testing.assert_close(mirrored, expected)


def test_each_side_sees_the_other() -> None:
    transformer, (image, positions, points) = build(), inputs()
    tokens, features = transformer(image, positions, points)
    other_tokens, _ = transformer(image + 1, positions, points)
    _, other_features = transformer(image, positions, points + 1)
    assert not torch.allclose(tokens, other_tokens)
    assert not torch.allclose(features, other_features)


def test_attention_by_the_formula() -> None:
    attention = Attention(8, num_heads=2, downsample_rate=2)
    fill_weights(attention)
    q, k, v = torch.randn(1, 3, 8), torch.randn(1, 5, 8), torch.randn(1, 5, 8)
    heads = []
    for head in range(2):
        part = slice(2 * head, 2 * head + 2)
        queries, keys = attention.q_proj(q)[..., part], attention.k_proj(k)[..., part]
        weights = (queries @ keys.transpose(1, 2) / 2**0.5).softmax(dim=-1)
        heads.append(weights @ attention.v_proj(v)[..., part])
    expected = attention.out_proj(torch.cat(heads, dim=-1))
    torch.testing.assert_close(attention(q, k, v), expected)


def test_gradients_reach_every_weight() -> None:
    transformer = build()
    tokens, features = transformer(*inputs())
    (tokens.square().sum() + features.square().sum()).backward()
    for name, weight in transformer.named_parameters():
        assert weight.grad is not None, name
