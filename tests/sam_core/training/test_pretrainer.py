"""Masked pre-training: it learns, resumes, hands its encoder over."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from PIL import Image

from sam_core.data import CocoMaskDataset
from sam_core.errors import CheckpointError, DatasetError, TrainingConfigError
from sam_core.training import pretrainer as pretrainer_module
from sam_core.training.__main__ import main
from sam_core.training.config import PretrainingConfig, PretrainingStage, TrainingConfig
from sam_core.training.pretrainer import Pretrainer, load_autoencoder
from sam_core.training.trainer import Trainer

STAGES = (PretrainingStage(32, 2, 2), PretrainingStage(64, 1, 1))
CONFIG = PretrainingConfig(model="maskwright_s", stages=STAGES, warmup_steps=1, workers=0)


@pytest.fixture
def photos(disk_dataset: CocoMaskDataset) -> Path:
    """A folder with photographs only, apart from what the runs write."""
    folder = disk_dataset.images_dir / "photos"
    folder.mkdir()
    for path in disk_dataset.images_dir.glob("*.png"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture(autouse=True)
def _every_step_is_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretrainer_module, "LOG_EVERY", 1)


@pytest.mark.parametrize("model", ["maskwright_s", "maskwright_vit_s"])
def test_a_run_passes_all_stages_and_leaves_its_files(
    tmp_path: Path, photos: Path, model: str
) -> None:
    run = Pretrainer(replace(CONFIG, model=model), photos, tmp_path / "run")
    before = run.autoencoder.to_pixels.weight.detach().clone()
    run.fit()
    assert not torch.equal(before, run.autoencoder.to_pixels.weight)
    with (tmp_path / "run" / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["step"] for row in rows] == ["1", "2", "3"]
    assert all(0 < float(row["loss"]) < 10 for row in rows)
    with Image.open(tmp_path / "run" / "reconstructions.png") as picture:
        assert picture.size == (3 * 64, 4 * 64)


def test_a_stopped_run_continues_as_if_it_had_not_been(tmp_path: Path, photos: Path) -> None:
    straight = Pretrainer(CONFIG, photos, tmp_path / "straight")
    straight.fit()
    stopped = Pretrainer(CONFIG, photos, tmp_path / "stopped")
    with stopped._open_log() as log:
        stopped._run_stage(0, STAGES[0], log)
    stopped.save()
    resumed = Pretrainer(CONFIG, photos, tmp_path / "stopped")
    assert resumed.step == 2
    resumed.fit()
    for key, value in straight.autoencoder.state_dict().items():
        torch.testing.assert_close(resumed.autoencoder.state_dict()[key], value, msg=key)


def test_an_interrupted_run_is_saved(
    tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Pretrainer(CONFIG, photos, tmp_path)
    train_on = run._train_on

    def interrupt_second(images: torch.Tensor) -> dict[str, float]:
        if run.step == 1:
            raise KeyboardInterrupt
        return train_on(images)

    monkeypatch.setattr(run, "_train_on", interrupt_second)
    with pytest.raises(KeyboardInterrupt):
        run.fit()
    assert Pretrainer(CONFIG, photos, tmp_path).step == 1


def test_a_checkpoint_is_written_as_often_as_asked(tmp_path: Path, photos: Path) -> None:
    run = Pretrainer(replace(CONFIG, save_every_s=0.0), photos, tmp_path)
    with run._open_log() as log:
        run._run_stage(0, STAGES[0], log)
    assert Pretrainer(CONFIG, photos, tmp_path).step == 2


def test_a_fit_starts_from_the_encoder(
    tmp_path: Path, photos: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig
) -> None:
    run = Pretrainer(CONFIG, photos, tmp_path / "pretraining")
    run.save()
    start = str(tmp_path / "pretraining" / "checkpoint.pt")
    fit = Trainer(replace(short_run, initial_weights=start), disk_dataset, tmp_path / "fit")
    for key, value in run.autoencoder.encoder.state_dict().items():
        assert torch.equal(fit.sam.image_encoder.state_dict()[key], value)


def test_the_model_is_loaded_for_figures(tmp_path: Path, photos: Path) -> None:
    run = Pretrainer(CONFIG, photos, tmp_path / "run")
    run.save()
    loaded = load_autoencoder(tmp_path / "run" / "checkpoint.pt").state_dict()
    assert all(torch.equal(loaded[k], v) for k, v in run.autoencoder.state_dict().items())
    torch.save({"average": {}}, tmp_path / "other.pt")
    with pytest.raises(CheckpointError, match="must be that of a pre-training, got another kind"):
        load_autoencoder(tmp_path / "other.pt")


def test_mistakes_are_told_before_anything_is_made(tmp_path: Path, photos: Path) -> None:
    with pytest.raises(DatasetError, match="images folder must exist"):
        Pretrainer(CONFIG, tmp_path / "nowhere", tmp_path / "run")
    with pytest.raises(TrainingConfigError, match="got vit_b"):
        Pretrainer(replace(CONFIG, model="vit_b"), photos, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_the_folder_of_a_fit_is_refused(
    tmp_path: Path, photos: Path, disk_dataset: CocoMaskDataset, short_run: TrainingConfig
) -> None:
    Trainer(short_run, disk_dataset, tmp_path / "run").save()
    with pytest.raises(TrainingConfigError, match="of another command; choose another folder"):
        Pretrainer(CONFIG, photos, tmp_path / "run")


def test_a_lack_of_memory_names_what_to_lower(
    tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Pretrainer(CONFIG, photos, tmp_path / "run")

    def fail(*_arguments: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(run.autoencoder, "loss", fail)
    message = r"lower images_per_step \(2\) or image_size \(32\)"
    with pytest.raises(TrainingConfigError, match=message):
        run.fit()


def test_the_command_runs_from_a_file(tmp_path: Path, photos: Path) -> None:
    text = 'model = "maskwright_s"\nworkers = 0\n[[stages]]\nimage_size = 32\nsteps = 1\n'
    (tmp_path / "run.toml").write_text(text + "images_per_step = 2\n")
    options = ["--config", str(tmp_path / "run.toml"), "--images", str(photos)]
    assert main(["pretrain", *options, "--output", str(tmp_path / "run")]) == 0
    assert (tmp_path / "run" / "checkpoint.pt").exists()
    assert main(["pretrain", *options, "--output", str(tmp_path / "run"), "--images", "no"]) == 2
