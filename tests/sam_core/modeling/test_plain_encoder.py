"""The plain transformer: sizes, positions, and patches that are left out."""

import pytest
import torch

from sam_core.modeling import PlainImageEncoder


@pytest.fixture
def encoder() -> PlainImageEncoder:
    torch.manual_seed(0)
    return PlainImageEncoder(64, embed_dim=16, depth=2, num_heads=2, out_chans=8, position_grid=4)


@pytest.mark.parametrize("side", [32, 64, 96])
def test_the_embedding_has_stride_16_at_every_size(encoder: PlainImageEncoder, side: int) -> None:
    out = encoder(torch.randn(2, 3, side, side))
    assert out.shape == (2, 8, side // 16, side // 16)
    assert bool(torch.isfinite(out).all())


def test_hidden_patches_have_no_influence(encoder: PlainImageEncoder) -> None:
    visible = torch.tensor([[0, 5, 11]])
    images = torch.randn(1, 3, 64, 64)
    changed = images.clone()
    changed[..., 16:32, 32:48] += 9  # patch 6
    torch.testing.assert_close(
        encoder.encode_visible(images, visible), encoder.encode_visible(changed, visible)
    )


def test_all_visible_patches_in_any_order_give_the_tokens_before_the_neck(
    encoder: PlainImageEncoder,
) -> None:
    images = torch.randn(1, 3, 64, 64)
    order = torch.randperm(16)[None]
    seen = encoder.encode_visible(images, order)
    in_order = torch.zeros_like(seen).scatter(1, order[..., None].expand_as(seen), seen)
    grid = in_order.reshape(1, 4, 4, -1).permute(0, 3, 1, 2)
    torch.testing.assert_close(encoder.neck(grid), encoder(images), atol=1e-5, rtol=1e-5)


def test_every_weight_gets_a_gradient(encoder: PlainImageEncoder) -> None:
    encoder(torch.randn(1, 3, 64, 64)).square().sum().backward()
    assert all(weight.grad is not None for weight in encoder.parameters())
