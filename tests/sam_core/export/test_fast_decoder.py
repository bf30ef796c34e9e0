from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import nn

from sam_core.export.check_parity import decoder_cases, example_features
from sam_core.export.fast_decoder import build_fast_decoder
from sam_core.export.onnx_decoder import DecoderGraph
from sam_core.modeling import Sam
from tests.helpers.builders import tiny_hybrid_sam, tiny_sam


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
def test_gives_the_same_masks_and_scores(build: Callable[[], Sam]) -> None:
    sam = build().eval().double()
    published = DecoderGraph(sam)
    fast = DecoderGraph(sam)
    fast.mask_decoder = build_fast_decoder(sam.mask_decoder)
    features = [value.double() for value in example_features(sam)]
    for case in decoder_cases(sam):
        prompts = [value.double() for value in case.prompts]
        with torch.no_grad():
            wanted, had = published(*features, *prompts), fast(*features, *prompts)
        for want, have in zip(wanted, had, strict=True):
            assert torch.allclose(want, have, rtol=1e-7, atol=1e-7), case.name


def test_shares_all_weights_and_leaves_the_decoder_alone() -> None:
    decoder = tiny_sam().mask_decoder
    fast = build_fast_decoder(decoder)
    own = {id(parameter) for parameter in decoder.parameters()}
    assert {id(parameter) for parameter in fast.parameters()} == own
    assert any(isinstance(part, nn.ConvTranspose2d) for part in decoder.output_upscaling)
