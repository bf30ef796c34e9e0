"""The benchmark of the data engine writes what it measured, and on what machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import data_engine
from tests.helpers.builders import tiny_sam
from tests.helpers.synthetic_scenes import write_scenes


def test_the_numbers_of_both_decoders_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_scenes(tmp_path, 5)
    monkeypatch.setattr(data_engine, "build_default", tiny_sam)
    monkeypatch.setattr(data_engine, "measure_gain", lambda *_, **__: {"clicks90_before": 6.0})
    target = tmp_path / "numbers.json"
    photos = ["--images", str(tmp_path), "--annotations", str(tmp_path / "scenes.json")]
    assert data_engine.main([*photos, "--json", str(target)]) == 0
    numbers = json.loads(target.read_text())
    assert (numbers["clicks90_before"], len(numbers["model_id"])) == (6.0, 16)
    assert "machine" in numbers
