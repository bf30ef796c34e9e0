"""Trials: one change each, done once, told apart by name."""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import asdict, replace
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
        other_size = trial.image_size != TRIALS["base"].image_size
        assert len(trial.settings) + other_size == (name != "base")
        assert changed - {"stages"} == set(trial.settings)
        assert ("stages" in changed) == (
            other_size or trial.masks_per_image != TRIALS["base"].masks_per_image
        )


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


def test_a_trial_counts_what_it_computes_and_not_the_time_that_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = []

    class Watched(trials.Trainer):
        def fit(self) -> None:
            clocks.append(self.clock)
            super().fit()

    monkeypatch.setattr(trials, "Trainer", Watched)
    monkeypatch.setattr(trials, "IMAGES_PER_STEP", 1)
    assert main(_arguments("base", tmp_path)) == 0
    assert clocks == [time.process_time]


def test_a_trial_may_practise_on_hidden_patches_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "IMAGES_PER_STEP", 1)
    monkeypatch.setattr(trials, "PRETRAINING_CROPS", 2)
    practised = replace(TRIALS["plain encoder after MAE"], pretraining_steps=1)
    monkeypatch.setitem(trials.TRIALS, "practised", practised)
    assert main(_arguments("practised", tmp_path)) == 0
    report = json.loads((tmp_path / "practised.json").read_text())
    start = Path(report["config"]["initial_weights"])
    assert start == tmp_path / "practised" / "pretraining" / "checkpoint.pt"
    assert start.is_file()


def test_a_trial_trains_and_is_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(trials, "IMAGES_PER_STEP", 1)
    assert main(_arguments("base", tmp_path)) == 0
    assert "base" in capsys.readouterr().out
    report = json.loads((tmp_path / "base.json").read_text())
    assert report["masks"] > 0
    assert report["steps"] == 1


def _arguments(name: str, folder: Path) -> list[str]:
    data = folder / "data"
    made = write_shapes_dataset(data / "images", count=2, side=64)
    for split in ("train", "val"):
        shutil.copy(made, data / f"{split}.json")
    return [name, "--data", str(data), "--output", str(folder), "--steps", "1"]
