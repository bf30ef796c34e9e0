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


def opened(predictor: SamPredictor, features: ImageFeatures) -> PointDecoder:
    return PointDecoder(predictor.model, features, (16, 16))


def keep_all(logits: torch.Tensor) -> torch.Tensor:
    return torch.ones(len(logits), dtype=torch.bool)


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
@pytest.mark.parametrize("together", [1, 7])
def test_candidates_are_those_of_the_predictor(
    build: Callable[[], Sam], together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How many fit into the caches decides between the forms of the decoder.
    monkeypatch.setattr(point_decoder, "prompts_together", lambda _features: together)
    predictor, features = features_of(build())
    answers = opened(predictor, features).decode(COORDS, -torch.inf, keep_all)
    _, quality, logits = predictor.predict_torch(COORDS[:, None], torch.ones(3, 1))
    torch.testing.assert_close(answers.logits, logits.flatten(0, 1), atol=1e-3, rtol=1e-3)
    torch.testing.assert_close(answers.predicted_iou, quality.flatten(), atol=1e-3, rtol=1e-3)
    assert answers.points.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
@pytest.mark.parametrize("together", [1, 7])
def test_candidates_that_are_not_good_are_left_out(
    build: Callable[[], Sam], together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(point_decoder, "prompts_together", lambda _features: together)
    predictor, features = features_of(build())
    decoder = opened(predictor, features)
    everything = decoder.decode(COORDS, -torch.inf, keep_all)
    least = float(everything.predicted_iou.median())
    good = everything.predicted_iou > least
    assert 0 < int(good.sum()) < len(good)
    for got, want in zip(decoder.decode(COORDS, least, keep_all), everything, strict=True):
        torch.testing.assert_close(got, want[good])


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
@pytest.mark.parametrize("together", [1, 7])
def test_masks_are_judged_without_the_padding(
    build: Callable[[], Sam], together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(point_decoder, "prompts_together", lambda _features: together)
    predictor, features = features_of(build())
    everything = opened(predictor, features).decode(COORDS, -torch.inf, keep_all)
    sizes = (everything.logits[:, :9] > 0).sum(dim=(1, 2))
    most = int(sizes.median())
    decoder = PointDecoder(predictor.model, features, (9, 16))
    kept = decoder.decode(COORDS, -torch.inf, lambda used: (used > 0).sum(dim=(1, 2)) <= most)
    for got, want in zip(kept, everything, strict=True):
        torch.testing.assert_close(got, want[sizes <= most], atol=1e-4, rtol=1e-4)


def test_a_large_decoder_of_published_parts_is_never_formed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(point_decoder, "prompts_together", lambda _features: 1)
    together = []
    for build in (tiny_sam, tiny_hybrid_sam):
        predictor, features = features_of(build())
        together.append(opened(predictor, features).together)
    assert together == [8, 1]
