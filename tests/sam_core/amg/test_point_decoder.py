"""Many points at once give what the decoder gives for each alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from sam_core import SamPredictor
from sam_core.amg.point_decoder import PointDecoder
from sam_core.modeling import Sam
from sam_core.modeling.hybrid_encoder import ImageFeatures
from tests.helpers.builders import noise_image, tiny_hybrid_sam, tiny_sam

COORDS = torch.tensor([[3.0, 4.0], [20.0, 50.0], [60.5, 31.0]])


def features_of(sam: Sam) -> tuple[SamPredictor, ImageFeatures]:
    predictor = SamPredictor(sam)
    predictor.set_image(noise_image(64, 64))
    return predictor, ImageFeatures(predictor.get_image_embedding(), predictor.high_res_features)


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
def test_candidates_are_those_of_the_predictor(build: Callable[[], Sam]) -> None:
    predictor, features = features_of(build())
    logits, quality = PointDecoder(predictor.model, features).decode(COORDS)
    _, want_quality, want_logits = predictor.predict_torch(COORDS[:, None], torch.ones(3, 1))
    torch.testing.assert_close(logits, want_logits, atol=1e-3, rtol=1e-3)
    torch.testing.assert_close(quality, want_quality, atol=1e-3, rtol=1e-3)
