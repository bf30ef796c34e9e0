"""The constants of an image are projections of its cells."""

from __future__ import annotations

import torch

from sam_core.amg.stream_constants import compute_constants
from sam_core.export.decoder_parts import layers_of, transformer_of
from tests.helpers.builders import GRID, WIDTH, tiny_sam


def test_the_first_layer_compares_what_its_attentions_project() -> None:
    sam = tiny_sam().double()
    random = torch.Generator().manual_seed(0)
    embedding = torch.randn(1, WIDTH, GRID, GRID, generator=random, dtype=torch.float64)
    constants = compute_constants(sam, embedding)
    cells = embedding[0].flatten(1).T + sam.prompt_encoder.no_mask_embed.weight
    placed = cells + sam.prompt_encoder.get_dense_pe()[0].flatten(1).T
    layer = layers_of(transformer_of(sam.mask_decoder))[0]
    queries = layer.cross_attn_image_to_token.q_proj(placed)
    torch.testing.assert_close(constants.looking[0].queries.flatten(0, 1), queries.T)
    attention = layer.cross_attn_token_to_image
    # The bias of keys is the same for all cells and left out.
    keys = attention.k_proj(placed) - attention.k_proj.bias
    torch.testing.assert_close(constants.seen[0].keys.flatten(0, 1), keys.T)
    values = constants.seen[0].values.transpose(1, 2).flatten(0, 1).T + constants.seen[0].offset
    torch.testing.assert_close(values, attention.v_proj(cells))


def test_every_layer_and_the_last_attention_have_theirs() -> None:
    sam = tiny_sam()
    constants = compute_constants(sam, torch.zeros(1, WIDTH, GRID, GRID))
    assert len(constants.looking) == len(layers_of(transformer_of(sam.mask_decoder)))
    assert len(constants.seen) == len(constants.looking) + 1
    assert [len(looking.outputs) for looking in constants.looking] == [1, 2]
    assert constants.seen[0].position_keys is None
    assert all(seen.position_keys is not None for seen in constants.seen[1:])
