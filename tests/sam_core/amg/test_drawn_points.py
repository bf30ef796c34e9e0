"""Clicks drawn in the order of the convolutions give the map that the encoder gives."""

from __future__ import annotations

import torch
from torch import nn

from sam_core.amg.drawn_points import DrawnPoints, normalise
from sam_core.modeling import DensePromptEncoder
from sam_core.modeling.common import LayerNorm2d
from tests.helpers.builders import tiny_hybrid_sam


def test_the_dense_prompt_is_that_of_the_encoder() -> None:
    encoder = tiny_hybrid_sam().prompt_encoder.double()
    assert isinstance(encoder, DensePromptEncoder)
    coords = torch.tensor([[0.0, 0.0], [31.5, 7.25], [63.0, 40.0]], dtype=torch.float64)
    no_mask = coords.new_zeros(3, 1, *encoder.mask_input_size)
    want = encoder.embed_dense(coords[:, None], torch.ones(3, 1), no_mask, torch.zeros(3))
    drawn = DrawnPoints(encoder)(coords)
    torch.testing.assert_close(drawn, want.flatten(2).transpose(1, 2), atol=1e-9, rtol=1e-9)


def test_channels_last_are_normalised_as_maps_are() -> None:
    norm = LayerNorm2d(3)
    nn.init.normal_(norm.weight)
    values = torch.randn(2, 3, 4, 5)
    want = norm(values).permute(0, 2, 3, 1)
    torch.testing.assert_close(normalise(values.permute(0, 2, 3, 1), norm), want)
