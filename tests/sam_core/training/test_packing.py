"""From a checkpoint to the file that ships, and back."""

from pathlib import Path

import pytest
import torch

from sam_core.data import CocoMaskDataset
from sam_core.errors import CheckpointError
from sam_core.training.config import TrainingConfig
from sam_core.training.packing import load_model, pack_checkpoint
from sam_core.training.trainer import Trainer


@pytest.fixture
def checkpoint(tmp_path: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig) -> Path:
    Trainer(short_run, disk_dataset, tmp_path).fit()
    return tmp_path / "checkpoint.pt"


def test_the_averaged_weights_are_packed_in_half_precision(
    checkpoint: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "packed.safetensors"
    pack_checkpoint(checkpoint, packed)
    assert packed.stat().st_size < 16 * 2**20
    averaged = load_model(checkpoint).state_dict()
    for key, value in load_model(packed).state_dict().items():
        torch.testing.assert_close(value, averaged[key].half().float())


def test_the_input_size_travels_with_the_weights(checkpoint: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed.safetensors"
    pack_checkpoint(checkpoint, packed)
    assert load_model(packed).image_size == 96
    pack_checkpoint(checkpoint, packed, image_size=128)
    assert load_model(packed).image_size == 128
    assert load_model(packed, image_size=64).image_size == 64


@pytest.mark.parametrize("content", [b"", b"no checkpoint"])
def test_a_damaged_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(content)
    with pytest.raises(CheckpointError, match="checkpoint must be a file that a training run"):
        load_model(tmp_path / "checkpoint.pt")


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    torch.save({"weights": torch.zeros(2)}, tmp_path / "checkpoint.pt")
    with pytest.raises(CheckpointError, match="checkpoint must have the keys average, image_size"):
        load_model(tmp_path / "checkpoint.pt")
