"""The measured half of a run gives the tuned model what it learnt, and nobody else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench import learnt_objects
from bench.learnt_objects import learn_objects
from bench.tuning_gain import Gain
from sam_core.amg.object_calibration import DetectorScores
from sam_core.training.tuning_examples import as_examples
from tests.helpers.builders import tiny_hybrid_sam
from tests.helpers.synthetic_scenes import write_scenes


@pytest.mark.parametrize(("right", "is_kept"), [(0.9, True), (0.0, False)])
def test_a_detector_that_is_mostly_wrong_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, right: float, is_kept: bool
) -> None:
    monkeypatch.setattr(learnt_objects, "calibrate_objects", lambda *_: DetectorScores(0.5, right))
    sam = tiny_hybrid_sam().requires_grad_(False)
    examples = as_examples(write_scenes(tmp_path, 4))
    gain = Gain({}, sam, examples, [], (np.zeros(0), np.zeros(0)))
    said: list[str] = []
    numbers = learn_objects(gain, 0.01, said.append)
    assert (sam.object_detector is not None) == is_kept
    assert (numbers["has_detector"], numbers["objects_right"]) == (is_kept, right)
    assert len(said) == 1
