"""What is expected of found objects is what such objects were worth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from sam_core.amg import object_calibration
from sam_core.amg.found_mask import FoundMask
from sam_core.amg.object_calibration import calibrate_objects
from sam_core.data.records import decode_mask
from sam_core.errors import DatasetError
from sam_core.masks.run_lengths import mask_to_runs
from sam_core.modeling import Sam
from sam_core.modeling.object_detector import detector_for
from sam_core.training.feature_cache import FeatureCache
from sam_core.training.tuning_examples import TuningExample, as_examples
from tests.helpers.builders import WIDTH, tiny_hybrid_sam
from tests.helpers.synthetic_scenes import write_scenes


@pytest.fixture
def sam() -> Sam:
    model = tiny_hybrid_sam().requires_grad_(False)
    model.object_detector = detector_for(WIDTH, (WIDTH // 8, WIDTH // 4)).eval()
    return model


@pytest.fixture
def examples(tmp_path: Path) -> list[TuningExample]:
    return as_examples(write_scenes(tmp_path, 3))


def found(pixels: np.ndarray, quality: float) -> FoundMask:
    height, width = pixels.shape
    whole = (0, 0, width, height)
    runs = mask_to_runs(pixels)
    return FoundMask(runs, (height, width), whole, quality, 1.0, (0.0, 0.0), whole)


def test_sure_objects_that_were_right_are_expected_to_be_right(
    sam: Sam, examples: list[TuningExample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = iter(examples)

    def find(_: object) -> list[tuple[float, FoundMask]]:
        record = next(at).record
        truths = [decode_mask(record, one) for one in record.segmentations]
        right = [(0.9, found(truth, 0.5)) for truth in truths]
        nothing = np.zeros_like(truths[0])
        nothing[0, 0] = True
        return [*right, *[(0.2, found(nothing, 0.5)) for _ in truths]]

    monkeypatch.setattr(object_calibration, "objects_of", find)
    scores = calibrate_objects(sam, examples, FeatureCache(tmp_path / "f", sam))
    assert (scores.found, scores.right) == (1.0, 1.0)
    assert sam.object_detector is not None
    expected = sam.object_detector.expected_iou(torch.tensor([0.9, 0.2]), torch.full((2,), 0.5))
    assert expected.tolist() == pytest.approx([1.0, 0.0], abs=0.05)


def test_what_finds_nothing_is_right_about_nothing(
    sam: Sam, examples: list[TuningExample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(object_calibration, "objects_of", lambda _: [])
    scores = calibrate_objects(sam, examples, FeatureCache(tmp_path / "f", sam))
    assert (scores.found, scores.right) == (0.0, 0.0)


def test_images_that_cannot_be_used_are_an_error(
    sam: Sam, examples: list[TuningExample], tmp_path: Path
) -> None:
    for example in examples:
        example.record.path.write_bytes(b"no image")
    with pytest.raises(DatasetError, match="must have a mask that can be used"):
        calibrate_objects(sam, examples, FeatureCache(tmp_path / "f", sam))


def test_a_model_without_a_detector_is_refused(
    examples: list[TuningExample], tmp_path: Path
) -> None:
    sam = tiny_hybrid_sam()
    with pytest.raises(ValueError, match="train it first"):
        calibrate_objects(sam, examples, FeatureCache(tmp_path / "f", sam))
