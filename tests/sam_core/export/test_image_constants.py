from __future__ import annotations

import torch

from sam_core.export.check_parity import example_features
from sam_core.export.decoder_parts import layers_of, transformer_of
from sam_core.export.image_constants import ImageConstants
from tests.helpers.builders import tiny_hybrid_sam, tiny_sam


def test_forward_gives_the_values_without_their_names() -> None:
    sam = tiny_sam().requires_grad_(False)
    constants = ImageConstants(sam)
    features = example_features(sam)
    named = constants.compute(*features)
    for value, (_, expected) in zip(constants(*features), named.items(), strict=True):
        assert torch.equal(value, expected)


def test_keys_of_the_first_layer_have_the_positions_in() -> None:
    sam = tiny_sam().requires_grad_(False)
    embedding = example_features(sam)[0]
    attention = layers_of(transformer_of(sam.mask_decoder))[0].cross_attn_token_to_image
    dense = sam.prompt_encoder.no_mask_embed.weight.reshape(1, -1, 1, 1)
    cells = (embedding + dense + sam.prompt_encoder.get_dense_pe()).flatten(2)[0]
    keys = ImageConstants(sam).compute(embedding)["layer0_keys"]
    torch.testing.assert_close(keys.flatten(0, 1), attention.k_proj.weight @ cells)


def test_only_models_with_more_maps_have_constants_of_them() -> None:
    own, published = (
        set(ImageConstants(sam).compute(*example_features(sam)))
        for sam in (tiny_hybrid_sam(), tiny_sam())
    )
    assert own - published == {"stride4", "stride8", "base"}
    assert published <= own
