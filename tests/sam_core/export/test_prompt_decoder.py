from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from sam_core.export.check_parity import decoder_cases, example_features
from sam_core.export.image_constants import ImageConstants
from sam_core.export.onnx_decoder import DecoderGraph
from sam_core.export.prompt_decoder import PromptDecoder
from sam_core.modeling import Sam
from tests.helpers.builders import tiny_hybrid_sam, tiny_sam


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
def test_gives_the_published_masks_and_scores(build: Callable[[], Sam]) -> None:
    sam = build().eval().requires_grad_(False).double()
    published = DecoderGraph(sam)
    features = [value.double() for value in example_features(sam)]
    constants = ImageConstants(sam).compute(*features)
    decoder = PromptDecoder(sam, tuple(constants))
    for case in decoder_cases(sam):
        coords, labels, mask, has_mask = (value.double() for value in case.prompts)
        wanted = published(*features, coords, labels, mask, has_mask)
        given = mask if has_mask > 0 else mask[:0]
        had = decoder(*constants.values(), coords, labels, given)
        for want, have in zip(wanted, had[:2], strict=True):
            assert torch.allclose(want, have, rtol=1e-7, atol=1e-7), case.name


def test_stability_is_the_iou_between_a_strict_and_a_loose_threshold() -> None:
    sam = tiny_hybrid_sam().requires_grad_(False)
    constants = ImageConstants(sam).compute(*example_features(sam))
    coords, labels = torch.tensor([[[20.0, 30.0], [0.0, 0.0]]]), torch.tensor([[1.0, -1.0]])
    logits, _, stability = PromptDecoder(sam, tuple(constants))(
        *constants.values(), coords, labels, torch.zeros(0, 1, 16, 16)
    )
    strict, loose = (logits > 1).sum(dim=(2, 3)), (logits > -1).sum(dim=(2, 3))
    assert bool((loose > 0).all())
    torch.testing.assert_close(stability, strict / loose)
