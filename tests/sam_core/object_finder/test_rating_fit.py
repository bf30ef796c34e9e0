"""What found masks are worth is learnt from images with known masks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from sam_core.amg.object_rating import KNOWN, rate
from sam_core.data.records import ImageRecord
from sam_core.errors import DatasetError
from sam_core.masks.rle import encode_rle
from sam_core.modeling import ObjectDetector
from sam_core.modeling.object_detector import detector_for
from sam_core.object_finder.rating_fit import Found, fit_rating, rating_of, search, worth_of
from sam_core.training.tuning_examples import TuningExample
from tests.helpers.builders import WIDTH, noise_image, tiny_hybrid_sam

PARTS = (slice(500), slice(500, 1000))


def detector() -> ObjectDetector:
    torch.manual_seed(0)
    made = detector_for(WIDTH, (WIDTH // 8, WIDTH // 4), levels=3).eval()
    with torch.no_grad():
        made.head.bias[::5] = 1.0  # type: ignore[index] # believes in many objects
    return made.requires_grad_(False)


def example(folder: Path) -> TuningExample:
    Image.fromarray(noise_image(50, 90)).save(folder / "noise.png")
    mask = np.zeros((50, 90), dtype=bool)
    mask[5:40, 10:60] = True
    return TuningExample(ImageRecord(1, folder / "noise.png", 50, 90, "made", (encode_rle(mask),)))


def test_what_is_found_is_compared_with_the_true_masks(tmp_path: Path) -> None:
    found = search(tiny_hybrid_sam().requires_grad_(False), detector(), example(tmp_path))
    assert found.known.shape == (len(found.ious), KNOWN)
    assert found.ious.shape[1] == 1
    assert len(found.ious) > 10
    assert 0 < found.ious.max() <= 1


def test_a_rating_tells_good_masks_from_bad_ones() -> None:
    known = np.random.default_rng(0).random((1200, KNOWN))
    # Good is what two numbers say together, neither of them alone.
    is_good = (known[:, 0] > 0.5) == (known[:, 8] > 0.5)
    # Each mask is of a thing of its own, so that none is the next best.
    found = [Found(known[part], np.diag(np.where(is_good[part], 0.9, 0.2))) for part in PARTS]
    worth = rate(known[1000:], rating_of(found))
    assert np.corrcoef(worth, is_good[1000:])[0, 1] > 0.9
    assert worth[is_good[1000:]].mean() == pytest.approx(0.8, abs=0.1)


def test_every_true_mask_counts_the_same() -> None:
    known = np.zeros((100, KNOWN))
    many, few = Found(known[:9], np.eye(9)), Found(known, np.full((100, 1), 0.5))
    assert rate(known[:1], rating_of([many, few]))[0] == pytest.approx(0.9, abs=0.02)


def test_the_next_best_of_the_same_thing_is_worth_less() -> None:
    worth = worth_of(np.array([[0.75, 0.0], [1.0, 0.4], [0.75, 0.9], [0.3, 0.2]]))
    # The third comes second for the first thing, and first for the other.
    assert worth == pytest.approx([0.5 * 0.7, 1.0, 0.8, 0.0])


def test_a_broken_image_is_left_out_and_none_at_all_is_an_error(tmp_path: Path) -> None:
    good, sam = example(tmp_path), tiny_hybrid_sam().requires_grad_(False)
    missing = TuningExample(
        ImageRecord(2, tmp_path / "missing.png", 50, 90, "made", good.record.segmentations)
    )
    seen: list[tuple[int, int]] = []
    rating = fit_rating(sam, detector(), [missing, good], lambda *done: seen.append(done))
    assert rating.mean.shape == (KNOWN,)
    assert seen == [(1, 2), (2, 2)]
    with pytest.raises(DatasetError, match="an image in which something is found"):
        fit_rating(sam, detector(), [missing])
