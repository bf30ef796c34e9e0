"""``evaluate`` on the command line: what it reads, writes and refuses."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
import torch

from sam_core.data import CocoMaskDataset
from sam_core.training.__main__ import main
from sam_core.training.config import TrainingConfig
from sam_core.training.evaluation_report import HEADINGS
from sam_core.training.trainer import Trainer
from tests.helpers.builders import tiny_sam
from tests.helpers.project_files import read_project_file
from tests.sam_core.training.conftest import IMAGES


@pytest.fixture
def data_dir(disk_dataset: CocoMaskDataset) -> Path:
    """A folder with images/ and val.json.gz."""
    folder = disk_dataset.images_dir
    (folder / "images").mkdir()
    for path in folder.glob("*.png"):
        path.rename(folder / "images" / path.name)
    packed = gzip.compress((folder / "disks.json").read_bytes())
    (folder / "val.json.gz").write_bytes(packed)
    return folder


@pytest.fixture
def tiny_weights(tmp_path: Path) -> list[str]:
    """The options for a public-format checkpoint of the miniature model."""
    torch.save(tiny_sam().state_dict(), tmp_path / "tiny.pth")
    return ["--model", "tiny", "--checkpoint", str(tmp_path / "tiny.pth")]


def evaluate(*options: str) -> int:
    return main(["evaluate", *options])


def test_a_data_folder_and_a_public_checkpoint_give_a_table_and_a_report(
    data_dir: Path, tiny_weights: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    report = data_dir / "report.json"
    options = ["--data", str(data_dir), "--split", "val", "--json", str(report), "--clicks", "2"]
    assert evaluate(*options, *tiny_weights) == 0
    shown = capsys.readouterr()
    assert "| **mean** |" in shown.out
    assert f"{IMAGES} masks of {IMAGES} images, 0 left out, input 64 pixels" in shown.out
    assert f"{IMAGES} of {IMAGES} images in" in shown.err
    content = json.loads(report.read_text())
    assert content["clicks"] == len(content["click_curve"]) == 2
    assert len(content["model_id"]) == 16


def test_images_and_annotations_can_be_named_apart_and_limited(
    data_dir: Path, tiny_weights: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--images", str(data_dir / "images"), "--annotations", str(data_dir / "disks.json")]
    assert evaluate(*options, "--limit", "1", "--clicks", "1", *tiny_weights) == 0
    assert "1 masks of 1 images" in capsys.readouterr().out


def test_what_is_broken_is_logged_and_counted(
    data_dir: Path, tiny_weights: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (data_dir / "images" / "3.png").write_bytes(b"")
    assert evaluate("--data", str(data_dir), "--clicks", "1", *tiny_weights) == 0
    assert "3 masks of 3 images, 1 left out" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--data", "{0}", "--split", "test"], "must have test.json or test.json.gz, got neither"),
        (["--data", "{0}", "--images", "{0}"], "must be given once"),
        ([], "must be given, got none; pass --data DIR"),
        (["--data", "{0}/nowhere"], "data folder must have val.json"),
        (["--data", "{0}", "--json", "{0}/no/report.json"], "--json must name a file in a folder"),
        (["--data", "{0}", "--model", "vit_b"], "model vit_b must have weights"),
        (["--data", "{0}", "--checkpoint", "{0}/no.pth"], "no.pth"),
        (["--data", "{0}", "--checkpoint", "{0}/disks.json"], "disks.json"),
        (["--data", "{0}", "--image-size", "100"], "must be a positive multiple of 16, got 100"),
    ],
)
def test_a_mistake_is_told_at_once(
    data_dir: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert evaluate(*(option.format(data_dir) for option in options)) == 2
    shown = capsys.readouterr().err
    assert shown.startswith("error: ")
    assert message in shown


def test_a_model_of_fixed_size_keeps_it(
    data_dir: Path, tiny_weights: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate("--data", str(data_dir), "--image-size", "128", *tiny_weights) == 2
    assert "whose input is fixed at 64 pixels" in capsys.readouterr().err


def test_a_training_checkpoint_of_another_architecture_is_refused(
    data_dir: Path,
    disk_dataset: CocoMaskDataset,
    short_run: TrainingConfig,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dataset = CocoMaskDataset(data_dir / "images", data_dir / "disks.json")
    Trainer(short_run, dataset, data_dir / "run").fit()
    path = data_dir / "run" / "checkpoint.pt"
    state = torch.load(path, weights_only=True)
    state["average"].popitem()
    torch.save(state, path)
    assert evaluate("--data", str(data_dir), "--checkpoint", str(path)) == 2
    assert "checkpoint must fit the model that it names" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "-3", "many", "1.5"])
def test_counts_are_whole_numbers_from_one_on(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        evaluate("--data", "anywhere", "--clicks", number)
    assert "must be a whole number from 1 on" in capsys.readouterr().err


def test_every_option_and_every_score_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        evaluate("--help")
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    text = read_project_file("docs/evaluation.md")
    assert [option for option in options if f"`{option}" not in text] == []
    assert [key for key in HEADINGS if f"`{key}`" not in text] == []
