"""Trials: one change each, done once, told apart by name."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from bench import trials
from bench.trials import TRIALS, build_config, main
from sam_core.data.synthetic_shapes import write_shapes_dataset


def test_every_trial_changes_one_thing() -> None:
    base = asdict(build_config(TRIALS["base"], 100))
    for name, trial in TRIALS.items():
        changed = {
            key for key, value in asdict(build_config(trial, 100)).items() if value != base[key]
        }
        assert len(trial.settings) == (name != "base")
        assert changed - {"stages"} == set(trial.settings)


def test_an_unknown_trial_is_refused_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["nothing", "--data", str(tmp_path), "--output", str(tmp_path)]) == 2
    assert "trial must be one of base, second seed" in capsys.readouterr().err


def test_a_finished_trial_is_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "second_seed.json").write_text(json.dumps({"mean": {"miou_1": 0.25}, "steps": 7}))
    assert main(["second seed", "--data", str(tmp_path), "--output", str(tmp_path)]) == 0
    assert "| second seed (7 steps) | 0.250 |" in capsys.readouterr().out


def test_a_trial_may_be_given_minutes_instead_of_steps() -> None:
    assert build_config(TRIALS["base"], 100).time_limit_s == 0
    timed = build_config(TRIALS["base"], 100, 3)
    assert (timed.time_limit_s, timed.total_steps) == (180, 100)


def test_a_trial_trains_and_is_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    made = write_shapes_dataset(data / "images", count=2, side=64)
    for split in ("train", "val"):
        shutil.copy(made, data / f"{split}.json")
    monkeypatch.setattr(trials, "IMAGES_PER_STEP", 1)
    monkeypatch.setattr(trials, "IMAGE_SIZE", 64)
    arguments = [
        "base",
        "--data",
        str(tmp_path / "data"),
        "--output",
        str(tmp_path),
        "--steps",
        "1",
    ]
    assert main(arguments) == 0
    assert "base" in capsys.readouterr().out
    report = json.loads((tmp_path / "base.json").read_text())
    assert report["masks"] > 0
    assert report["steps"] == 1
