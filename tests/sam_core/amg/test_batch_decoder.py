"""Prompts answered together give what the predictor gives for each alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from sam_core import SamPredictor
from sam_core.amg.batch_decoder import BatchDecoder
from sam_core.modeling import Sam
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.prompts import BOX_BOTTOM_RIGHT_LABEL, BOX_TOP_LEFT_LABEL
from tests.helpers.builders import noise_image, tiny_hybrid_sam, tiny_sam

COORDS = torch.tensor([[3.0, 4.0], [20.0, 50.0], [60.5, 31.0]])
BOXES = torch.tensor([[3.0, 4.0, 30.0, 40.0], [20.0, 10.0, 61.0, 22.0]])
CORNERS = torch.tensor([[BOX_TOP_LEFT_LABEL, BOX_BOTTOM_RIGHT_LABEL]] * 2)
BUILDERS = [tiny_sam, tiny_hybrid_sam]


def opened(build: Callable[[], Sam]) -> tuple[SamPredictor, BatchDecoder]:
    # Weights by formula enlarge rounding errors; see tests/parity.
    predictor = SamPredictor(build().double())
    predictor.set_image(noise_image(64, 64))
    features = ImageFeatures(predictor.get_image_embedding(), predictor.high_res_features)
    return predictor, BatchDecoder(predictor.model, features)


@pytest.mark.parametrize("build", BUILDERS)
def test_candidates_of_points_are_those_of_the_predictor(build: Callable[[], Sam]) -> None:
    predictor, decoder = opened(build)
    logits, quality = decoder.decode_points(COORDS.double())
    _, want_quality, want_logits = predictor.predict_torch(COORDS[:, None], torch.ones(3, 1))
    torch.testing.assert_close(logits, want_logits, atol=1e-9, rtol=1e-9)
    torch.testing.assert_close(quality, want_quality, atol=1e-9, rtol=1e-9)


@pytest.mark.parametrize("build", BUILDERS)
def test_masks_of_boxes_are_those_of_the_predictor(build: Callable[[], Sam]) -> None:
    predictor, decoder = opened(build)
    logits, quality = decoder.decode(BOXES.double().reshape(2, 2, 2), CORNERS.double())
    _, want_quality, want_logits = predictor.predict_torch(
        None, None, BOXES.double(), multimask_output=False
    )
    torch.testing.assert_close(logits, want_logits, atol=1e-9, rtol=1e-9)
    torch.testing.assert_close(quality, want_quality, atol=1e-9, rtol=1e-9)


@pytest.mark.parametrize("build", BUILDERS)
def test_an_earlier_mask_goes_in_as_it_does_alone(build: Callable[[], Sam]) -> None:
    predictor, decoder = opened(build)
    random = torch.Generator().manual_seed(0)
    masks = torch.randn(2, 1, 16, 16, generator=random, dtype=torch.float64)
    logits, _ = decoder.decode(BOXES.double().reshape(2, 2, 2), CORNERS.double(), masks)
    _, _, want = predictor.predict_torch(
        None, None, BOXES.double(), mask_input=masks, multimask_output=False
    )
    torch.testing.assert_close(logits, want, atol=1e-9, rtol=1e-9)


def test_a_prompt_is_answered_without_the_others() -> None:
    _, decoder = opened(tiny_hybrid_sam)
    together, _ = decoder.decode_points(COORDS.double())
    alone, _ = decoder.decode_points(COORDS[1:2].double())
    torch.testing.assert_close(together[1:2], alone, atol=1e-9, rtol=1e-9)
