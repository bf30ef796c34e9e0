"""The decoder that is compared has the published shape and always the same weights."""

from __future__ import annotations

import torch

from bench.published_decoder import build_published_decoder, describe_decoder, formula_weights


def test_it_has_the_parameters_of_the_published_decoder() -> None:
    sam = build_published_decoder()
    assert sum(value.numel() for value in sam.mask_decoder.parameters()) == 4_058_340
    assert describe_decoder()["mask_size"] == sam.prompt_encoder.mask_input_size[0]


def test_weights_depend_on_key_and_shape_alone() -> None:
    like = torch.empty(3, 4)
    assert torch.equal(formula_weights("a", like), formula_weights("a", like))
    assert not torch.equal(formula_weights("a", like), formula_weights("b", like))
