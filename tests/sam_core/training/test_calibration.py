"""Calibration: only the quality head learns."""

import json
from pathlib import Path

import pytest
import torch

from sam_core.data import CocoMaskDataset
from sam_core.errors import CheckpointError, TrainingConfigError
from sam_core.modeling.quality_head import MaskQualityHead
from sam_core.training.calibration import calibrate, click_on_everything, train_head
from sam_core.training.config import TrainingConfig
from sam_core.training.packing import load_model, read_training_checkpoint
from sam_core.training.trainer import Trainer

HEAD = "mask_decoder.iou_prediction_head."


@pytest.fixture
def finished_run(tmp_path: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig) -> Path:
    Trainer(short_run, disk_dataset, tmp_path / "run").save()
    return tmp_path / "run" / "checkpoint.pt"


def test_only_the_quality_head_changes(
    tmp_path: Path, disk_dataset: CocoMaskDataset, finished_run: Path
) -> None:
    calibrate(finished_run, disk_dataset, output=tmp_path / "new", image_size=96, steps=2)
    before = read_training_checkpoint(finished_run)["average"]
    after = read_training_checkpoint(tmp_path / "new" / "checkpoint.pt")
    assert after["image_size"] == 96
    changed = {key for key in before if not torch.equal(before[key], after["average"][key])}
    assert changed
    assert all(key.startswith(HEAD) for key in changed)


def test_the_head_learns_how_good_the_candidates_are(
    disk_dataset: CocoMaskDataset, finished_run: Path
) -> None:
    sam = load_model(finished_run, image_size=96)
    head = sam.mask_decoder.iou_prediction_head
    assert isinstance(head, MaskQualityHead)
    answered = click_on_everything(sam, head, disk_dataset)
    assert answered.described.shape[:2] == answered.ious.shape == (2 * len(disk_dataset), 3)

    @torch.no_grad()
    def error() -> float:
        said = head.layers(answered.described).squeeze(-1).sigmoid()
        return float((said - answered.ious).abs().mean())

    before = error()
    train_head(head.layers, answered, 60)
    assert error() < 0.25 * before


def test_a_limit_chooses_evenly_spaced_masks_of_an_image(
    tmp_path: Path, disk_dataset: CocoMaskDataset, finished_run: Path
) -> None:
    sam = load_model(finished_run, image_size=64)
    head = sam.mask_decoder.iou_prediction_head
    assert isinstance(head, MaskQualityHead)
    document = json.loads((tmp_path / "disks.json").read_text())
    for number in (11, 12):
        document["annotations"].append(document["annotations"][0] | {"id": number})
    (tmp_path / "three.json").write_text(json.dumps(document))
    dataset = CocoMaskDataset(tmp_path, tmp_path / "three.json")
    clicks = [len(click_on_everything(sam, head, dataset, most).ious) for most in (1, 2, 30)]
    assert clicks == [8, 10, 12]


def test_no_steps_are_refused(disk_dataset: CocoMaskDataset, finished_run: Path) -> None:
    with pytest.raises(TrainingConfigError, match="steps must be 1 or more, got 0"):
        calibrate(finished_run, disk_dataset, output=finished_run.parent, image_size=64, steps=0)


def test_another_kind_of_file_is_refused(tmp_path: Path, disk_dataset: CocoMaskDataset) -> None:
    (tmp_path / "other.pt").write_bytes(b"no checkpoint")
    with pytest.raises(CheckpointError, match="must be a file that a training run saved"):
        calibrate(tmp_path / "other.pt", disk_dataset, output=tmp_path, image_size=64, steps=1)
