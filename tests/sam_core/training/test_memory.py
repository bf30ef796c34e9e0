"""A lack of memory names the setting to lower."""

from pathlib import Path

import pytest
import torch

from sam_core.data import CocoMaskDataset
from sam_core.errors import TrainingConfigError
from sam_core.training.config import TrainingConfig
from sam_core.training.memory import name_setting_to_lower
from sam_core.training.train_step import InteractiveStep
from sam_core.training.trainer import Trainer


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"),
        RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 9 bytes"),
    ],
)
def test_every_kind_of_lack_is_told(error: Exception) -> None:
    told = pytest.raises(TrainingConfigError, match=r"must fit into memory, .*; lower images_per")
    with told, name_setting_to_lower("images_per_step (8)"):
        raise error


def test_a_killed_worker_also_suggests_fewer_workers() -> None:
    killed = RuntimeError("DataLoader worker (pid 7) is killed by signal: Killed.")
    told = pytest.raises(TrainingConfigError, match=r"prepare data .*; lower workers or image_size")
    with told, name_setting_to_lower("image_size (64)"):
        raise killed


def test_a_real_failure_to_allocate_is_recognised() -> None:
    told = pytest.raises(TrainingConfigError, match="must fit into memory")
    with told, name_setting_to_lower("image_size"):
        torch.empty(10**15)


def test_other_failures_pass_as_they_are() -> None:
    with pytest.raises(RuntimeError, match="shapes differ"), name_setting_to_lower("image_size"):
        raise RuntimeError("shapes differ")


def test_a_run_out_of_memory_names_its_present_settings(
    tmp_path: Path,
    disk_dataset: CocoMaskDataset,
    short_run: TrainingConfig,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_arguments: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(InteractiveStep, "backward", fail)
    run = Trainer(short_run, disk_dataset, tmp_path / "run")
    message = r"lower images_per_step \(2\), masks_per_image \(2\) or image_size \(64\)"
    with pytest.raises(TrainingConfigError, match=message):
        run.fit()
