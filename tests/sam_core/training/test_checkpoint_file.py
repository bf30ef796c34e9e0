"""Checkpoints: whole or not at all, and of the right run."""

from pathlib import Path

import pytest
import torch

from sam_core.errors import TrainingConfigError
from sam_core.training.checkpoint_file import (
    is_run_checkpoint,
    read_own_checkpoint,
    write_checkpoint,
)

STATE = {"model_name": "maskwright_s", "average": {"weight": torch.ones(2)}, "step": 3}


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_checkpoint(STATE, tmp_path)
    state = read_own_checkpoint(tmp_path, "maskwright_s", "average")
    assert state is not None
    assert state["step"] == 3
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.pt"]


def test_an_empty_folder_has_no_state(tmp_path: Path) -> None:
    assert read_own_checkpoint(tmp_path, "maskwright_s", "average") is None


def test_a_checkpoint_of_another_model_or_command_is_refused(tmp_path: Path) -> None:
    write_checkpoint(STATE, tmp_path)
    with pytest.raises(TrainingConfigError, match="of another, got a checkpoint of maskwright_s;"):
        read_own_checkpoint(tmp_path, "another", "average")
    with pytest.raises(TrainingConfigError, match="maskwright_s of another command; choose"):
        read_own_checkpoint(tmp_path, "maskwright_s", "autoencoder")


@pytest.mark.parametrize("keep", [0, 100])
def test_a_damaged_checkpoint_is_named(tmp_path: Path, keep: int) -> None:
    write_checkpoint(STATE, tmp_path)
    path = tmp_path / "checkpoint.pt"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(TrainingConfigError, match=r"checkpoint\.pt must be a complete checkpoint"):
        read_own_checkpoint(tmp_path, "maskwright_s", "average")


@pytest.mark.parametrize(
    ("state", "is_run"),
    [
        ({"average": {}, "step": 3}, True),
        ({"encoder": {}}, True),
        ({"average": torch.zeros(1)}, False),
        ({"image_encoder.stem.0.weight": torch.zeros(1)}, False),
        ([1], False),
    ],
)
def test_a_run_is_told_by_its_keys(tmp_path: Path, state: object, is_run: bool) -> None:
    torch.save(state, tmp_path / "file.pt")
    assert is_run_checkpoint(tmp_path / "file.pt") is is_run


def test_what_cannot_be_read_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(b"no checkpoint")
    assert not is_run_checkpoint(tmp_path / "checkpoint.pt")
    assert not is_run_checkpoint(tmp_path / "missing.pt")
