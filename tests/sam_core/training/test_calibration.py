"""Calibration: only the quality head learns."""

from pathlib import Path

import pytest
import torch

from sam_core.data import CocoMaskDataset
from sam_core.errors import CheckpointError, TrainingConfigError
from sam_core.training.calibration import calibrate
from sam_core.training.config import TrainingConfig
from sam_core.training.packing import read_training_checkpoint
from sam_core.training.trainer import Trainer

HEAD = "mask_decoder.iou_prediction_head."


@pytest.fixture
def finished_run(tmp_path: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig) -> Path:
    Trainer(short_run, disk_dataset, tmp_path / "run").save()
    return tmp_path / "run" / "checkpoint.pt"


def test_only_the_quality_head_changes(
    tmp_path: Path, disk_dataset: CocoMaskDataset, finished_run: Path
) -> None:
    calibrate(
        finished_run, disk_dataset, output=tmp_path / "new", image_size=96, steps=2, workers=0
    )
    before = read_training_checkpoint(finished_run)["average"]
    after = read_training_checkpoint(tmp_path / "new" / "checkpoint.pt")
    assert after["image_size"] == 96
    changed = {key for key in before if not torch.equal(before[key], after["average"][key])}
    assert changed
    assert all(key.startswith(HEAD) for key in changed)


def test_no_steps_are_refused(disk_dataset: CocoMaskDataset, finished_run: Path) -> None:
    with pytest.raises(TrainingConfigError, match="steps must be 1 or more, got 0"):
        calibrate(finished_run, disk_dataset, output=finished_run.parent, image_size=64, steps=0)


def test_another_kind_of_file_is_refused(tmp_path: Path, disk_dataset: CocoMaskDataset) -> None:
    (tmp_path / "other.pt").write_bytes(b"no checkpoint")
    with pytest.raises(CheckpointError, match="must be a file that a training run saved"):
        calibrate(tmp_path / "other.pt", disk_dataset, output=tmp_path, image_size=64, steps=1)
