"""The loop: stages, checkpoints, resuming after a kill."""

import csv
from dataclasses import fields, replace
from pathlib import Path

import pytest
import torch

from sam_core.data import CocoMaskDataset, SampleSettings, TrainingSample
from sam_core.errors import TrainingConfigError
from sam_core.training import trainer as trainer_module
from sam_core.training.config import Stage, TrainingConfig
from sam_core.training.packing import read_training_checkpoint
from sam_core.training.trainer import Trainer, sample_settings


def test_a_run_passes_all_stages_and_ends_at_the_last_resolution(
    tmp_path: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig
) -> None:
    run = Trainer(short_run, disk_dataset, tmp_path / "run")
    before = run.sam.mask_decoder.iou_token.weight.detach().clone()
    run.fit()
    state = read_training_checkpoint(tmp_path / "run" / "checkpoint.pt")
    assert state["step"] == 3
    assert state["image_size"] == 96
    assert not torch.equal(before, state["model"]["mask_decoder.iou_token.weight"])


def test_a_stopped_run_continues_where_it_was(
    tmp_path: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig
) -> None:
    straight = Trainer(short_run, disk_dataset, tmp_path / "straight")
    straight.fit()
    # Stopped after the first stage: a new process would build a new Trainer on the same folder.
    first_stage = replace(short_run, stages=short_run.stages[:1])
    stopped = Trainer(first_stage, disk_dataset, tmp_path / "stopped")
    stopped.config = replace(short_run, stages=(*short_run.stages[:1], Stage(96, 1, 1, 2)))
    with stopped._open_log() as log:
        stopped._run_stage(0, short_run.stages[0], log)
    stopped.save()
    resumed = Trainer(short_run, disk_dataset, tmp_path / "stopped")
    assert resumed.step == 2
    resumed.fit()
    for key, value in straight.sam.state_dict().items():
        torch.testing.assert_close(resumed.sam.state_dict()[key], value, msg=key)


def test_an_interrupted_run_is_saved(
    tmp_path: Path,
    disk_dataset: CocoMaskDataset,
    short_run: TrainingConfig,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = Trainer(short_run, disk_dataset, tmp_path)
    train_on = run._train_on

    def interrupt_second(batch: TrainingSample) -> dict[str, float]:
        if run.step == 1:
            raise KeyboardInterrupt
        return train_on(batch)

    monkeypatch.setattr(run, "_train_on", interrupt_second)
    with pytest.raises(KeyboardInterrupt):
        run.fit()
    assert read_training_checkpoint(tmp_path / "checkpoint.pt")["step"] == 1


def test_a_folder_of_another_model_is_refused(
    tmp_path: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig
) -> None:
    run = Trainer(short_run, disk_dataset, tmp_path)
    run.save()
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    torch.save({**state, "model_name": "another"}, tmp_path / "checkpoint.pt")
    with pytest.raises(TrainingConfigError, match="must belong to a run of maskwright_s, got"):
        Trainer(short_run, disk_dataset, tmp_path)


def test_a_kill_while_saving_leaves_the_earlier_checkpoint(
    tmp_path: Path,
    disk_dataset: CocoMaskDataset,
    short_run: TrainingConfig,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = Trainer(short_run, disk_dataset, tmp_path)
    run.save()
    earlier = (tmp_path / "checkpoint.pt").read_bytes()

    def die_halfway(state: object, path: Path) -> None:
        path.write_bytes(b"half a file")
        raise KeyboardInterrupt

    monkeypatch.setattr(trainer_module.torch, "save", die_halfway)
    with pytest.raises(KeyboardInterrupt):
        run.save()
    assert (tmp_path / "checkpoint.pt").read_bytes() == earlier


def test_the_log_has_a_row_for_each_interval(
    tmp_path: Path,
    disk_dataset: CocoMaskDataset,
    short_run: TrainingConfig,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trainer_module, "LOG_EVERY", 1)
    Trainer(short_run, disk_dataset, tmp_path).fit()
    with (tmp_path / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["step"] for row in rows] == ["1", "2", "3"]
    assert all(float(row["loss"]) > 0 for row in rows)


def test_dormant_units_are_recycled_at_the_interval(
    tmp_path: Path,
    disk_dataset: CocoMaskDataset,
    short_run: TrainingConfig,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    Trainer(replace(short_run, recycle_every=1), disk_dataset, tmp_path / "run").fit()
    assert "of hidden units were dormant" in caplog.text
    caplog.clear()
    Trainer(short_run, disk_dataset, tmp_path / "other").fit()
    assert "dormant" not in caplog.text


def test_a_run_with_a_time_limit_follows_the_clock(
    tmp_path: Path,
    disk_dataset: CocoMaskDataset,
    short_run: TrainingConfig,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ten seconds a step: of a limit of 60 s, two thirds belong to the stage of 64 pixels."""
    clock = iter(range(0, 10_000, 10))
    limited = replace(short_run, time_limit_s=60.0, resident_side=64)
    run = Trainer(limited, disk_dataset, tmp_path, clock=lambda: float(next(clock)))
    sizes: list[int] = []
    train_on = run._train_on

    def note_size(batch: TrainingSample) -> dict[str, float]:
        sizes.append(batch.image.shape[-1])
        return train_on(batch)

    monkeypatch.setattr(run, "_train_on", note_size)
    run.fit()
    assert set(sizes) == {64, 96}
    assert sizes == sorted(sizes)
    assert sizes.count(64) > sizes.count(96)
    state = read_training_checkpoint(tmp_path / "checkpoint.pt")
    assert state["seconds"] >= 60
    assert state["step"] == len(sizes)


def test_a_limited_run_that_was_stopped_has_the_rest_of_its_time(
    tmp_path: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig
) -> None:
    limited = replace(short_run, time_limit_s=60.0, resident_side=64)
    run = Trainer(limited, disk_dataset, tmp_path)
    run.seconds = 45.0
    run.save()
    resumed = Trainer(limited, disk_dataset, tmp_path)
    assert resumed.planned_step == int(limited.total_steps * 45 / 60)


def test_images_in_memory_are_drawn_anew_in_every_step(
    tmp_path: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig
) -> None:
    run = Trainer(replace(short_run, resident_side=64), disk_dataset, tmp_path)
    batches = run._batches(short_run.stages[0])
    first = next(batches)
    run.step += 1
    second = next(batches)
    assert not torch.equal(first.image, second.image)
    run.step -= 1
    assert torch.equal(next(run._batches(short_run.stages[0])).image, first.image)


def test_a_device_that_is_not_there_is_named(
    tmp_path: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig
) -> None:
    with pytest.raises(TrainingConfigError, match=r"device must be one .* got warp9"):
        Trainer(replace(short_run, device="warp9"), disk_dataset, tmp_path)


def test_every_ingredient_of_the_configuration_reaches_the_samples(
    short_run: TrainingConfig,
) -> None:
    keys = {field.name for field in fields(TrainingConfig)}
    changed = replace(short_run, **dict.fromkeys(keys & set(SampleSettings._fields), 0.5))
    before = sample_settings(short_run, short_run.stages[0])
    after = sample_settings(changed, short_run.stages[0])
    different = {name for name in before._fields if getattr(before, name) != getattr(after, name)}
    assert different == set(before._fields) - {
        "image_size",
        "masks_per_image",
        "scale_range",
        "min_cells",
        "max_share",
    }
