"""Many points at once give what the decoder gives for each alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from sam_core import SamPredictor
from sam_core.amg import point_decoder
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
    decoder = PointDecoder(predictor.model, features, least_iou=-100.0)
    chosen, logits, quality = decoder.decode(COORDS)
    _, want_quality, want_logits = predictor.predict_torch(COORDS[:, None], torch.ones(3, 1))
    assert chosen.tolist() == [0, 1, 2]
    torch.testing.assert_close(logits, want_logits, atol=1e-3, rtol=1e-3)
    torch.testing.assert_close(quality, want_quality, atol=1e-3, rtol=1e-3)


def test_points_without_a_good_candidate_are_not_drawn() -> None:
    predictor, features = features_of(tiny_sam())
    _, quality, _ = predictor.predict_torch(COORDS[:, None], torch.ones(3, 1))
    best = quality.max(dim=1).values
    least = float(best.sort().values[:2].mean())
    chosen, logits, _ = PointDecoder(predictor.model, features, least).decode(COORDS)
    assert chosen.tolist() == (best > least).nonzero()[:, 0].tolist()
    assert len(logits) == 2


def test_a_model_whose_head_looks_at_masks_draws_them_all() -> None:
    predictor, features = features_of(tiny_hybrid_sam())
    chosen, _, _ = PointDecoder(predictor.model, features, least_iou=2.0).decode(COORDS)
    assert len(chosen) == 3


def test_batches_follow_from_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    predictor, features = features_of(tiny_sam())
    decoder = PointDecoder(predictor.model, features, 0.0)
    monkeypatch.setattr(point_decoder, "BATCH_BYTES", 1)
    assert decoder.points_per_batch == 2
    monkeypatch.setattr(point_decoder, "BATCH_BYTES", 10**9)
    assert decoder.points_per_batch > 1000
