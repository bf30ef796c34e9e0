"""The comparison: one table, the same masks for everyone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bench.__main__ import main
from bench.compare_baselines import CLICKS, METHODS, compare, walk
from sam_core.errors import DatasetError
from tests.helpers.builders import tiny_sam
from tests.helpers.synthetic_scenes import draw_scene, write_scenes


def test_every_method_is_scored_where_it_applies(tmp_path: Path) -> None:
    result = compare(tiny_sam(), write_scenes(tmp_path, count=2), masks_per_image=2)
    assert (result["images"], result["masks"], result["skipped"]) == (2, 4, [])
    assert tuple(result["methods"]) == METHODS
    means = {name: method["mean"] for name, method in result["methods"].items()}
    assert set(means["model"]) == {"miou_box", "miou_1", "miou_2", "miou_3", "miou_5"}
    assert set(means["ellipse in the box"]) == set(means["GrabCut in the box"]) == {"miou_box"}
    assert set(means["random walker"]) == {"miou_1", "miou_2", "miou_3", "miou_5"}
    assert means["ellipse in the box"]["miou_box"] > 0.5
    assert means["GrabCut in the box"]["miou_box"] > 0.7
    assert set(result["methods"]["model"]["per_source"]) == {"plain", "textured"}


def test_a_walk_ends_when_nothing_is_left_to_correct(monkeypatch: pytest.MonkeyPatch) -> None:
    truth = draw_scene(0).masks[0]
    monkeypatch.setattr("bench.compare_baselines.random_walker_from_clicks", lambda *_: truth)
    assert walk(draw_scene(0).pixels, truth) == [1.0] * CLICKS


def test_twenty_clicks_give_the_number_of_clicks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The walker is wrong twice, then right: three clicks to any IoU."""
    answers = [np.zeros_like, np.zeros_like, np.copy]

    def walker(_: object, clicks: list[object]) -> np.ndarray:
        return answers[min(len(clicks), 3) - 1](draw_scene(0).masks[0])

    monkeypatch.setattr("bench.compare_baselines.random_walker_from_clicks", walker)
    dataset = write_scenes(tmp_path, count=1)
    result = compare(tiny_sam(), dataset, masks_per_image=1, max_clicks=20)
    mean = result["methods"]["random walker"]["mean"]
    assert (mean["miou_1"], mean["miou_3"], mean["miou_20"]) == (0, 1, 1)
    assert mean["noc_85"] == mean["noc_90"] == 3
    assert 1 <= result["methods"]["model"]["mean"]["noc_85"] <= 20


def test_a_broken_image_is_left_out_and_told(tmp_path: Path) -> None:
    dataset = write_scenes(tmp_path, count=2)
    (tmp_path / "01.png").write_bytes(b"")
    result = compare(tiny_sam(), dataset, masks_per_image=1)
    assert (result["images"], result["masks"], result["skipped_entries"]) == (1, 1, 0)
    assert "01.png" in result["skipped"][0]
    (tmp_path / "00.png").write_bytes(b"")
    with pytest.raises(DatasetError, match="must have a mask that can be scored, got 2 images"):
        compare(tiny_sam(), dataset)


def test_the_command_shows_the_table_and_writes_the_scores(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_scenes(tmp_path, count=1)
    data = ["--images", str(tmp_path), "--annotations", str(tmp_path / "scenes.json")]
    monkeypatch.setattr("bench.compare_baselines.load_for_evaluation", lambda *_: tiny_sam())
    report = tmp_path / "baselines.json"
    assert main(["baselines", *data, "--masks-per-image", "1", "--json", str(report)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "| method | 1 click | 2 clicks | 3 clicks | 5 clicks | box |"
    assert [line.split(" | ")[0].strip("| ") for line in lines[2:6]] == list(METHODS)
    assert lines[-1] == "1 masks of 1 images, 0 left out"
    ellipse = json.loads(report.read_text())["methods"]["ellipse in the box"]
    assert np.isfinite(ellipse["mean"]["miou_box"])


def test_a_missing_data_set_is_one_line_and_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baselines"]) == 2
    assert capsys.readouterr().err.startswith("error: data set must be given")


def test_a_report_that_could_not_be_written_is_refused_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["baselines", "--json", str(tmp_path / "nowhere" / "report.json")]) == 2
    assert "must name a file in a folder that exists" in capsys.readouterr().err
