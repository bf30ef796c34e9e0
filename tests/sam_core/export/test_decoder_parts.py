from __future__ import annotations

import pytest
from torch import nn

from sam_core.errors import ExportError
from sam_core.export.decoder_parts import layers_of, mask_layers_of, transformer_of, upscaling_of
from tests.helpers.builders import tiny_hybrid_sam, tiny_sam


def test_parts_are_the_modules_own() -> None:
    sam = tiny_hybrid_sam()
    transformer = transformer_of(sam.mask_decoder)
    assert transformer is sam.mask_decoder.transformer
    assert list(layers_of(transformer)) == list(transformer.layers)
    assert tuple(upscaling_of(sam.mask_decoder)) == tuple(sam.mask_decoder.output_upscaling)
    assert mask_layers_of(sam.prompt_encoder).first is sam.prompt_encoder.mask_downscaling[0]


def test_another_transformer_is_refused() -> None:
    decoder = tiny_sam().mask_decoder
    decoder.transformer = nn.Identity()
    with pytest.raises(ExportError, match="must have a TwoWayTransformer, got Identity"):
        transformer_of(decoder)


def test_overlapping_convolutions_are_refused() -> None:
    decoder = tiny_sam().mask_decoder
    decoder.output_upscaling[0] = nn.ConvTranspose2d(32, 8, kernel_size=4, stride=2, padding=1)
    with pytest.raises(ExportError, match="two 2 x 2 transposed convolutions"):
        upscaling_of(decoder)


def test_mask_branch_that_mixes_cells_at_its_end_is_refused() -> None:
    encoder = tiny_sam().prompt_encoder
    encoder.mask_downscaling[-1] = nn.Conv2d(16, 32, kernel_size=3, padding=1)
    with pytest.raises(ExportError, match="must end with a 1 x 1 convolution"):
        mask_layers_of(encoder)
