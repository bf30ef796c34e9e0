"""The command line: train, evaluate and pack from end to end."""

import json
from pathlib import Path

import pytest

from sam_core.data import CocoMaskDataset
from sam_core.training.__main__ import main

CONFIG = """
model = "maskwright_s"
iterations = [2]
workers = 0
[[stages]]
image_size = 64
steps = 2
images_per_step = 1
masks_per_image = 2
"""


def data_options(dataset: CocoMaskDataset) -> list[str]:
    folder = dataset.images_dir
    return ["--images", str(folder), "--annotations", str(folder / "disks.json")]


def test_fit_evaluate_and_pack_hand_over_to_each_other(
    tmp_path: Path, disk_dataset: CocoMaskDataset, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run.toml").write_text(CONFIG)
    run = tmp_path / "run"
    options = data_options(disk_dataset)
    assert (
        main(["fit", "--config", str(tmp_path / "run.toml"), "--output", str(run), *options]) == 0
    )
    packed = str(tmp_path / "packed.safetensors")
    assert main(["pack", "--checkpoint", str(run / "checkpoint.pt"), "--output", packed]) == 0
    report = tmp_path / "report.json"
    scoring = ["evaluate", "--checkpoint", packed, "--clicks", "2", "--json", str(report)]
    assert main([*scoring, *options]) == 0
    assert "**mean**" in capsys.readouterr().out
    assert json.loads(report.read_text())["image_size"] == 64


def test_a_mistake_is_one_line_and_status_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--config", str(tmp_path / "no.toml"), "--output", str(tmp_path)]
    data = ["--images", str(tmp_path), "--annotations", str(tmp_path / "no.json")]
    assert main(["fit", *arguments, *data]) == 2
    assert capsys.readouterr().err.startswith("error: configuration must be readable TOML")
