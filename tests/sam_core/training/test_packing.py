"""From a checkpoint to the file that ships, and back."""

from pathlib import Path

import pytest
import torch

from sam_core.data import CocoMaskDataset
from sam_core.errors import CheckpointError
from sam_core.modeling import Sam
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


def test_plain_weights_are_told_by_their_keys_whatever_the_file_is_called(
    tmp_path: Path, small_sam: Sam
) -> None:
    torch.save(small_sam.state_dict(), tmp_path / "weights.pt")
    loaded = load_model(tmp_path / "weights.pt").state_dict()
    for key, value in small_sam.state_dict().items():
        torch.testing.assert_close(loaded[key], value)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "must be a complete .pth"), (b"no checkpoint", "must hold only tensors by key")],
)
def test_a_damaged_checkpoint_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(content)
    with pytest.raises(CheckpointError, match=message):
        load_model(tmp_path / "checkpoint.pt")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"weights": torch.zeros(2)}, "must hold one of the models"),
        ({"average": {}}, "must have the keys average, image_size"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    tmp_path: Path, content: dict[str, object], message: str
) -> None:
    torch.save(content, tmp_path / "checkpoint.pt")
    with pytest.raises(CheckpointError, match=message):
        load_model(tmp_path / "checkpoint.pt")
