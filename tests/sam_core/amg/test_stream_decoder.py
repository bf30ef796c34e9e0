"""Points answered without forming their cells get what the predictor gives each alone."""

from __future__ import annotations

import torch

from sam_core import SamPredictor
from sam_core.amg.stream_decoder import StreamDecoder
from tests.helpers.builders import noise_image, tiny_sam

COORDS = torch.tensor([[3.0, 4.0], [20.0, 50.0], [60.5, 31.0]], dtype=torch.float64)


def opened() -> tuple[StreamDecoder, torch.Tensor, torch.Tensor]:
    """Return a decoder, and what the predictor gives: logits and quality."""
    # Weights by formula enlarge rounding errors; see tests/parity.
    predictor = SamPredictor(tiny_sam().double())
    predictor.set_image(noise_image(64, 64))
    _, quality, logits = predictor.predict_torch(COORDS[:, None], torch.ones(3, 1))
    decoder = StreamDecoder(predictor.model, predictor.get_image_embedding())
    return decoder, logits, quality


def test_candidates_are_those_of_the_predictor() -> None:
    decoder, logits, quality = opened()
    answers = decoder.decode(COORDS, -torch.inf)
    torch.testing.assert_close(answers.logits, logits.flatten(0, 1), atol=1e-9, rtol=1e-9)
    torch.testing.assert_close(answers.predicted_iou, quality.flatten(), atol=1e-9, rtol=1e-9)
    assert answers.points.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_only_good_candidates_are_drawn() -> None:
    decoder, logits, quality = opened()
    # Half of them pass.
    least = float(quality.median())
    passed = quality > least
    assert 0 < int(passed.sum()) < quality.numel()
    answers = decoder.decode(COORDS, least)
    torch.testing.assert_close(answers.logits, logits[passed], atol=1e-9, rtol=1e-9)
    torch.testing.assert_close(answers.predicted_iou, quality[passed], atol=1e-9, rtol=1e-9)
    assert answers.points.tolist() == passed.nonzero()[:, 0].tolist()


def test_no_good_candidate_is_an_empty_answer() -> None:
    decoder, _, _ = opened()
    answers = decoder.decode(COORDS, torch.inf)
    assert answers.logits.shape == (0, 16, 16)
    assert answers.predicted_iou.shape == answers.points.shape == (0,)
