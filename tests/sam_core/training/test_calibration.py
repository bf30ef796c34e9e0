"""Calibration: only the quality head learns."""

import json
from pathlib import Path

import pytest
import torch
from torch import nn

from sam_core.data import CocoMaskDataset
from sam_core.errors import CheckpointError, DatasetError, TrainingConfigError
from sam_core.modeling.quality_head import MaskQualityHead
from sam_core.training.calibration import (
    calibrate,
    train_correction,
    train_first_look,
    train_second_look,
)
from sam_core.training.calibration_answers import Answered, answer_everything
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


@pytest.fixture
def head_and_answers(
    disk_dataset: CocoMaskDataset, finished_run: Path
) -> tuple[MaskQualityHead, Answered]:
    sam = load_model(finished_run, image_size=96)
    head = sam.mask_decoder.iou_prediction_head
    assert isinstance(head, MaskQualityHead)
    return head, answer_everything(sam, head, disk_dataset, 30)


def test_the_first_look_learns_how_good_the_candidates_are(
    head_and_answers: tuple[MaskQualityHead, Answered],
) -> None:
    head, answered = head_and_answers
    clicks = answered.of(answered.is_click)

    @torch.no_grad()
    def error() -> float:
        said = head.layers(clicks.described[:, 1:]).squeeze(-1).sigmoid()
        return float((said - clicks.ious[:, 1:]).abs().mean())

    before = error()
    train_first_look(head.layers, answered, 60)
    assert error() < 0.25 * before


def test_the_second_look_learns_what_the_first_left_wrong(
    head_and_answers: tuple[MaskQualityHead, Answered],
) -> None:
    head, answered = head_and_answers
    with torch.no_grad():
        scores = head.layers(answered.described).squeeze(-1)

    @torch.no_grad()
    def error(chosen: slice, prompts: torch.Tensor) -> float:
        said = head.second_look(scores, answered.facts, answered.agreement).sigmoid()
        return float((said - answered.ious)[prompts, chosen].abs().mean())

    every = torch.ones_like(answered.is_click)
    parts = ((slice(1), every), (slice(1, 4), answered.is_click))
    before = [error(*part) for part in parts]
    train_second_look(head.second_look, scores, answered, 250)
    for part, earlier in zip(parts, before, strict=True):
        assert error(*part) < 0.25 * earlier


def test_training_takes_the_scale_of_the_inputs_into_the_first_layer() -> None:
    """Inputs far from 0 are no harder, and the layers take them as they are."""
    torch.manual_seed(0)
    inputs = torch.randn(200, 3) * torch.tensor([1e-3, 1.0, 1e3]) + torch.tensor([5.0, 0.0, -7e3])
    wanted = ((inputs[:, 2:] + 7e3) / 500).sigmoid()
    scores = torch.zeros(200, 1)
    layers = nn.Sequential(nn.Linear(3, 32), nn.GELU(), nn.Linear(32, 1))
    train_correction(layers, inputs, scores, wanted, 300)
    said = (scores + layers(inputs)).sigmoid().detach()
    assert float((said - wanted).abs().mean()) < 0.1 * float((wanted - 0.5).abs().mean())


def test_a_single_image_is_refused(
    tmp_path: Path, disk_dataset: CocoMaskDataset, finished_run: Path
) -> None:
    document = json.loads((tmp_path / "disks.json").read_text())
    first = document["images"][0]["id"]
    document["images"] = document["images"][:1]
    document["annotations"] = [
        each for each in document["annotations"] if each["image_id"] == first
    ]
    (tmp_path / "one.json").write_text(json.dumps(document))
    dataset = CocoMaskDataset(tmp_path, tmp_path / "one.json")
    with pytest.raises(DatasetError, match="must have masks in two images at least"):
        calibrate(finished_run, dataset, output=tmp_path / "new", image_size=64, steps=1)


def test_no_steps_are_refused(disk_dataset: CocoMaskDataset, finished_run: Path) -> None:
    with pytest.raises(TrainingConfigError, match="steps must be 1 or more, got 0"):
        calibrate(finished_run, disk_dataset, output=finished_run.parent, image_size=64, steps=0)


def test_another_kind_of_file_is_refused(tmp_path: Path, disk_dataset: CocoMaskDataset) -> None:
    (tmp_path / "other.pt").write_bytes(b"no checkpoint")
    with pytest.raises(CheckpointError, match="must be a file that a training run saved"):
        calibrate(tmp_path / "other.pt", disk_dataset, output=tmp_path, image_size=64, steps=1)
