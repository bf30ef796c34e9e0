"""The command ``propose``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import cli
from app.commands import propose
from app.services.served_model import ServedModel
from tests.helpers.sample_images import jpeg

QUICK = ["--points-per-side", "4", "--most", "5"]


@pytest.fixture(autouse=True)
def _small_model(tiny_model: ServedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(propose, "load_model", lambda _: tiny_model)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    for number in range(2):
        (made / f"{number}.jpg").write_bytes(jpeg(seed=number))
    return made


def test_a_folder_becomes_a_coco_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "coco.json"
    assert cli.main(["propose", "--folder", str(folder), "--out", str(out), *QUICK]) == 0
    content = json.loads(out.read_bytes())
    assert [row["file_name"] for row in content["images"]] == ["0.jpg", "1.jpg"]
    masks = len(content["annotations"])
    assert capsys.readouterr().out == f"{out}: 2 images, {masks} masks\n"


def test_what_is_wrong_with_a_photograph_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "copy.jpg").write_bytes(jpeg(seed=0))
    (folder / "broken.jpg").write_bytes(b"no photograph")
    out = tmp_path / "coco.json"
    assert cli.main(["propose", "--folder", str(folder), "--out", str(out), *QUICK]) == 1
    printed = capsys.readouterr().out
    assert "problem: broken.jpg: " in printed
    assert "(1 copies left out, 1 problems)" in printed


def test_a_project_becomes_a_coco_file(
    folder: Path, tmp_path: Path, tiny_model: ServedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.context.load_model", lambda _: tiny_model)
    data, out = tmp_path / "data", tmp_path / "coco.json"
    cli.main(["embed", str(folder), "--data-dir", str(data)])
    command = ["propose", "--project", "1", "--data-dir", str(data), "--out", str(out), *QUICK]
    assert cli.main(command) == 0
    assert len(json.loads(out.read_bytes())["images"]) == 2


def test_refusals_are_one_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = str(tmp_path / "data"), str(tmp_path / "coco.json")
    assert cli.main(["propose", "--project", "99", "--data-dir", data, "--out", out]) == 1
    assert cli.main(["propose", "--folder", str(tmp_path / "none"), "--out", out]) == 1
    no_place = str(tmp_path / "none" / "coco.json")
    assert cli.main(["propose", "--folder", str(folder), "--out", no_place]) == 2
    of_folder = ["propose", "--folder", str(folder), "--out", out]
    assert cli.main([*of_folder, "--ray", "127.0.0.1:9"]) == 2
    assert cli.main([*of_folder, "--workers", "2"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 5
    with pytest.raises(SystemExit):
        cli.main(["propose", "--folder", str(folder), "--out", out, "--min-iou", "2"])


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_cluster_of_this_machine_gives_the_same_file(
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RAY_worker_niceness", "0")  # it must not wait for the other tests
    here, out = tmp_path / "here.json", tmp_path / "coco.json"
    command = ["propose", "--folder", str(folder), *QUICK]
    assert cli.main([*command, "--out", str(here)]) == 0
    assert cli.main([*command, "--out", str(out), "--ray", "local", "--workers", "1"]) == 0
    assert out.read_bytes() == here.read_bytes()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].removeprefix(str(here)) == lines[1].removeprefix(str(out))
    assert not (tmp_path / "coco.json.ray.log").exists()
