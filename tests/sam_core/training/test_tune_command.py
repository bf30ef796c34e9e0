"""The command that tunes, from its options to its table."""

from pathlib import Path

import pytest

from sam_core.data import CocoMaskDataset
from sam_core.training.__main__ import main
from sam_core.training.config import TrainingConfig
from sam_core.training.held_out_check import HeldOutScores
from sam_core.training.packing import load_model
from sam_core.training.trainer import Trainer
from sam_core.training.tune_command import describe
from sam_core.training.tuning import TuningResult

BEFORE = HeldOutScores(4.0, 0.5, 0.8, 0.7, 0.2)
AFTER = HeldOutScores(3.5, 0.55, 0.82, 0.71, 0.15)


def test_a_run_is_tuned_and_can_be_loaded(
    tmp_path: Path,
    disk_dataset: CocoMaskDataset,
    short_run: TrainingConfig,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Trainer(short_run, disk_dataset, tmp_path / "run").save()
    config = tmp_path / "tune.toml"
    config.write_text(
        "steps = 1\niterations = [2]\nimages_per_step = 1\nmasks_per_image = 1\nchecked_images = 1"
    )
    status = main(
        [
            "tune",
            "--config",
            str(config),
            "--checkpoint",
            str(tmp_path / "run" / "checkpoint.pt"),
            "--images",
            str(tmp_path),
            "--annotations",
            str(tmp_path / "disks.json"),
            "--output",
            str(tmp_path / "tuned"),
        ]
    )
    assert status == 0
    assert "1 steps (done); kept:" in capsys.readouterr().out
    assert load_model(tmp_path / "tuned" / "checkpoint.pt").image_size == 64
    assert len(list((tmp_path / "tuned" / "features").rglob("*.f16"))) == 4


def test_a_missing_checkpoint_is_reported(
    tmp_path: Path, disk_dataset: CocoMaskDataset, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--images", str(tmp_path), "--annotations", str(tmp_path / "disks.json")]
    missing = ["--checkpoint", str(tmp_path / "none.pt"), "--output", str(tmp_path / "o")]
    assert main(["tune", *arguments, *missing]) == 2
    assert "error: checkpoint" in capsys.readouterr().err


def test_the_table_says_what_changed_and_what_was_kept() -> None:
    text = describe(TuningResult({}, BEFORE, AFTER, 300, "done"))
    assert "clicks_to_90       4.000     3.500" in text
    assert "300 steps (done); kept: the tuned weights" in text


def test_a_tuning_without_gain_says_so() -> None:
    text = describe(TuningResult({}, BEFORE, BEFORE, 20, "patience"))
    assert "20 steps (patience); kept: the weights of the start" in text


def test_a_tuning_that_was_cancelled_at_once_has_no_table() -> None:
    assert describe(TuningResult({}, None, None, 0, "cancelled")).count("\n") == 2
