from __future__ import annotations

import torch

from sam_core.modeling import ImageEncoderViT
from tests.helpers.fill_weights import fill_weights


def build(window_size: int, global_blocks: tuple[int, ...], depth: int = 1) -> ImageEncoderViT:
    encoder = ImageEncoderViT(
        img_size=64,
        embed_dim=16,
        depth=depth,
        num_heads=2,
        out_chans=8,
        use_rel_pos=True,
        window_size=window_size,
        global_attn_indexes=global_blocks,
    )
    fill_weights(encoder)
    return encoder.double()


def image(seed: int = 0) -> torch.Tensor:
    random = torch.Generator().manual_seed(seed)
    return torch.randn(2, 3, 64, 64, generator=random, dtype=torch.float64)


def test_embedding_has_one_vector_per_patch() -> None:
    assert build(2, (1,), depth=2)(image()).shape == (2, 8, 4, 4)


def test_images_of_a_batch_do_not_see_each_other() -> None:
    encoder, batch = build(2, (1,), depth=2), image()
    torch.testing.assert_close(encoder(batch)[1:], encoder(batch[1:]))


def test_window_as_large_as_the_grid_is_global_attention() -> None:
    windowed, everywhere = build(4, ()), build(4, (0,))
    windowed.load_state_dict(everywhere.state_dict())
    torch.testing.assert_close(windowed(image()), everywhere(image()))


def test_windowed_block_sees_its_own_window_and_a_global_one_the_whole_image() -> None:
    changed = image()
    changed[..., :16, :16] += 5  # the first patch
    for encoder, sees_all in ((build(2, ()), False), (build(2, (0,)), True)):
        before = encoder.blocks[0](encoder.patch_embed(image()))
        after = encoder.blocks[0](encoder.patch_embed(changed))
        moved = (before != after).any(dim=-1)[0]
        assert bool(moved[:2, :2].all())
        assert bool(moved[2:, 2:].any()) is sees_all


def test_positions_are_optional() -> None:
    encoder = ImageEncoderViT(
        img_size=64, embed_dim=16, depth=1, num_heads=2, out_chans=8, use_abs_pos=False
    )
    assert "pos_embed" not in encoder.state_dict()
    assert encoder(image().float()).shape == (2, 8, 4, 4)


def test_gradients_reach_every_weight() -> None:
    encoder = build(2, (1,), depth=2)
    encoder(image()).square().sum().backward()
    for name, weight in encoder.named_parameters():
        assert weight.grad is not None, name
