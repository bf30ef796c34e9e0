"""What found masks are worth is learnt from images with known masks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from sam_core.amg.object_rating import KNOWN
from sam_core.data.records import ImageRecord
from sam_core.errors import DatasetError
from sam_core.masks.rle import encode_rle
from sam_core.modeling import ObjectDetector
from sam_core.modeling.object_detector import detector_for
from sam_core.object_finder.rating_fit import Found, fit_rating, search, weights_of
from sam_core.training.tuning_examples import TuningExample
from tests.helpers.builders import WIDTH, noise_image, tiny_hybrid_sam


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
    assert len(found.ious) > 10
    assert 0 < found.ious.max() <= 1


def test_weights_tell_good_masks_from_bad_ones() -> None:
    rng = np.random.default_rng(0)
    known = np.column_stack([np.ones(400), rng.random((400, KNOWN - 1))])
    ious = np.clip(known[:, 3] * 1.2 - 0.1, 0, 1)
    weights = weights_of([Found(known[:300], ious[:300]), Found(known[300:], ious[300:])])
    assert np.corrcoef(known @ weights, ious)[0, 1] > 0.9
    assert np.abs(weights[4:]).max() < abs(weights[3]) / 4


def test_a_broken_image_is_left_out_and_none_at_all_is_an_error(tmp_path: Path) -> None:
    good, sam = example(tmp_path), tiny_hybrid_sam().requires_grad_(False)
    missing = TuningExample(
        ImageRecord(2, tmp_path / "missing.png", 50, 90, "made", good.record.segmentations)
    )
    seen: list[tuple[int, int]] = []
    weights = fit_rating(sam, detector(), [missing, good], lambda *done: seen.append(done))
    assert weights.shape == (KNOWN,)
    assert seen == [(1, 2), (2, 2)]
    with pytest.raises(DatasetError, match="an image in which something is found"):
        fit_rating(sam, detector(), [missing])
