"""Points answered without forming their cells get what the predictor gives each alone."""

from __future__ import annotations

import pytest
import torch

from sam_core import SamPredictor
from sam_core.amg.stream_decoder import StreamDecoder
from tests.helpers.builders import noise_image, tiny_sam

COORDS = torch.tensor([[3.0, 4.0], [20.0, 50.0], [60.5, 31.0]], dtype=torch.float64)


def keep_all(logits: torch.Tensor) -> torch.Tensor:
    return torch.ones(len(logits), dtype=torch.bool)


def opened(
    used: tuple[int, int] = (16, 16), *, whole: bool = True
) -> tuple[StreamDecoder, torch.Tensor, torch.Tensor]:
    """Return a decoder, and what the predictor gives: logits and quality."""
    # Weights by formula enlarge rounding errors; see tests/parity.
    predictor = SamPredictor(tiny_sam().double())
    predictor.set_image(noise_image(64, 64))
    _, quality, logits = predictor.predict_torch(COORDS[:, None], torch.ones(3, 1))
    decoder = StreamDecoder(predictor.model, predictor.get_image_embedding(), used, whole=whole)
    return decoder, logits, quality


@pytest.mark.parametrize("used", [(16, 16), (9, 16), (16, 5)])
def test_candidates_are_those_of_the_predictor(used: tuple[int, int]) -> None:
    decoder, logits, quality = opened(used)
    answers = decoder.decode(COORDS, -torch.inf, keep_all)
    torch.testing.assert_close(answers.logits, logits.flatten(0, 1), atol=1e-9, rtol=1e-9)
    torch.testing.assert_close(answers.predicted_iou, quality.flatten(), atol=1e-9, rtol=1e-9)
    assert answers.points.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize("used", [(7, 16), (16, 3)])
def test_the_padding_may_be_left_out(used: tuple[int, int]) -> None:
    decoder, logits, _ = opened(used, whole=False)
    answers = decoder.decode(COORDS, -torch.inf, keep_all)
    rows, columns = used
    # With one line more than is used, rounded up to whole cells of the grid.
    want = torch.zeros_like(answers.logits)
    drawn = (slice(None), slice(0, rows + 1), slice(0, columns + 1))
    want[drawn] = logits.flatten(0, 1)[drawn]
    torch.testing.assert_close(answers.logits, want, atol=1e-9, rtol=1e-9)


def test_only_good_candidates_are_judged() -> None:
    decoder, logits, quality = opened((9, 16))
    # Half of them pass.
    least = float(quality.median())
    passed = quality > least
    assert 0 < int(passed.sum()) < quality.numel()
    judged = []

    def judge(used: torch.Tensor) -> torch.Tensor:
        judged.append(used)
        return keep_all(used)

    answers = decoder.decode(COORDS, least, judge)
    torch.testing.assert_close(answers.logits, logits[passed], atol=1e-9, rtol=1e-9)
    torch.testing.assert_close(torch.cat(judged), logits[passed][:, :9], atol=1e-9, rtol=1e-9)
    torch.testing.assert_close(answers.predicted_iou, quality[passed], atol=1e-9, rtol=1e-9)
    assert answers.points.tolist() == passed.nonzero()[:, 0].tolist()


def test_what_is_judged_good_is_kept() -> None:
    decoder, logits, quality = opened((9, 16))
    sizes = (logits[:, :, :9] > 0).sum(dim=(2, 3))
    most = int(sizes.median())
    kept = sizes < most
    answers = decoder.decode(COORDS, -torch.inf, lambda used: (used > 0).sum(dim=(1, 2)) < most)
    assert 0 < len(answers.logits) < quality.numel()
    torch.testing.assert_close(answers.logits, logits[kept], atol=1e-9, rtol=1e-9)
    torch.testing.assert_close(answers.predicted_iou, quality[kept], atol=1e-9, rtol=1e-9)
    assert answers.points.tolist() == kept.nonzero()[:, 0].tolist()


def test_no_good_candidate_is_an_empty_answer() -> None:
    decoder, _, _ = opened()
    answers = decoder.decode(COORDS, torch.inf, keep_all)
    assert answers.logits.shape == (0, 16, 16)
    assert answers.predicted_iou.shape == answers.points.shape == (0,)
