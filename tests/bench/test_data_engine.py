"""The benchmark of the data engine writes what it measured, and on what machine."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bench import data_engine
from bench.tuning_gain import Gain
from sam_core.training.tuning_examples import as_examples
from tests.helpers.builders import tiny_sam
from tests.helpers.synthetic_scenes import write_scenes


def test_the_numbers_of_both_decoders_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = as_examples(write_scenes(tmp_path, 5))
    nothing = (np.zeros(0), np.zeros(0))
    gain = Gain({"clicks90_before": 6.0}, tiny_sam(), examples, [], nothing)
    monkeypatch.setattr(data_engine, "build_default", tiny_sam)
    monkeypatch.setattr(data_engine, "measure_gain", lambda *_, **__: gain)
    monkeypatch.setattr(data_engine, "learn_objects", lambda *_: {"objects_right": 0.7})
    monkeypatch.setattr(data_engine, "measure_engine", lambda *_: {"engine_seconds_per_mask": 0.5})
    target = tmp_path / "numbers.json"
    photos = ["--images", str(tmp_path), "--annotations", str(tmp_path / "scenes.json")]
    assert data_engine.main([*photos, "--json", str(target)]) == 0
    numbers = json.loads(target.read_text())
    assert (numbers["clicks90_before"], len(numbers["model_id"])) == (6.0, 16)
    assert numbers["engine_seconds_per_mask"] == 0.5
    assert numbers["objects_right"] == 0.7
    assert "machine" in numbers
