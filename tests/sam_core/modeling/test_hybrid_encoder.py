from __future__ import annotations

import torch

from sam_core.modeling import HybridImageEncoder, ImageFeatures
from tests.helpers.builders import tiny_hybrid_sam


def build() -> HybridImageEncoder:
    encoder = tiny_hybrid_sam().image_encoder
    assert isinstance(encoder, HybridImageEncoder)
    return encoder.double()


def noise(side: int = 64, batch: int = 1) -> torch.Tensor:
    random = torch.Generator().manual_seed(0)
    return torch.randn(batch, 3, side, side, generator=random, dtype=torch.float64)


def shapes(features: ImageFeatures) -> list[tuple[int, ...]]:
    maps = (features.image_embeddings, *features.high_res_features)
    return [tuple(level.shape) for level in maps]


def test_maps_have_stride_16_4_and_8() -> None:
    assert shapes(build()(noise(batch=2))) == [(2, 32, 4, 4), (2, 4, 16, 16), (2, 8, 8, 8)]


def test_other_input_sizes_resample_the_positions() -> None:
    assert shapes(build()(noise(96))) == [(1, 32, 6, 6), (1, 4, 24, 24), (1, 8, 12, 12)]


def test_images_of_a_batch_do_not_see_each_other() -> None:
    encoder, batch = build(), noise(batch=2)
    together, alone = encoder(batch), encoder(batch[1:])
    torch.testing.assert_close(together.image_embeddings[1:], alone.image_embeddings)


def test_far_corner_reaches_the_embedding_but_not_the_fine_map() -> None:
    encoder, changed = build(), noise()
    changed[..., 48:, 48:] += 5
    before, after = encoder(noise()), encoder(changed)
    assert not torch.equal(before.image_embeddings[..., 0, 0], after.image_embeddings[..., 0, 0])
    fine_before, fine_after = before.high_res_features[0], after.high_res_features[0]
    assert torch.equal(fine_before[..., :8, :8], fine_after[..., :8, :8])


def test_copy_for_a_fixed_size_gives_the_same_features_without_resampling() -> None:
    encoder = build()
    encoder.pos_embed = torch.nn.Parameter(torch.randn(1, 32, 7, 7, dtype=torch.float64))
    fixed = encoder.for_fixed_size()
    assert fixed.pos_embed.shape == (1, 32, 4, 4)
    assert encoder.pos_embed.shape == (1, 32, 7, 7)
    torch.testing.assert_close(fixed(noise()), encoder(noise()))


def test_gradients_reach_every_weight() -> None:
    encoder = build()
    features = encoder(noise())
    total = sum(level.square().sum() for level in features.high_res_features)
    (features.image_embeddings.square().sum() + total).backward()
    for name, weight in encoder.named_parameters():
        assert weight.grad is not None, name


def test_every_block_starts_close_to_the_identity() -> None:
    torch.manual_seed(0)
    encoder = HybridImageEncoder(img_size=64, widths=(8, 16, 32), depths=(1, 1, 3), num_heads=2)
    tokens = torch.randn(1, 4, 4, 32)
    for block in encoder.blocks:
        torch.testing.assert_close(block(tokens), tokens, atol=0.1, rtol=0)


def test_training_leaves_out_blocks_of_some_images_only_if_told_to() -> None:
    torch.manual_seed(0)
    encoder, batch = build().train(), noise(batch=8)
    for block in encoder.blocks:
        torch.nn.init.normal_(block.mlp.lin2.bias)  # a block that does something
    plain = encoder(batch).image_embeddings
    torch.testing.assert_close(encoder(batch).image_embeddings, plain)
    encoder.drop_path = 0.9
    assert not torch.equal(encoder(batch).image_embeddings, plain)
    torch.testing.assert_close(encoder.eval()(batch).image_embeddings, plain)
