"""The figure shows what was measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bench.engine_figure import RESULTS, SHOWN_PLANS, draw_learning, draw_plans, main


@pytest.fixture
def numbers() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return found


def test_both_curves_are_those_of_the_file(numbers: dict[str, Any]) -> None:
    left, right = draw_learning(numbers).axes
    before, after = (np.asarray(line.get_ydata()).tolist() for line in left.get_lines())
    assert before == numbers["good_by_clicks_before"]
    assert after == numbers["good_by_clicks_after"]
    (curve,) = right.get_lines()
    assert np.asarray(curve.get_xydata()).tolist() == numbers["curve_clicks_apart"]


def test_every_room_of_a_plan_has_its_outline() -> None:
    axes = draw_plans().axes
    assert len(axes) == len(SHOWN_PLANS)
    for axis in axes:
        rooms = int(axis.get_xlabel().split()[0])
        outlines = len(axis.get_lines()) + len(axis.collections) + len(axis.patches)
        assert outlines >= rooms > 1


def test_the_command_writes_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "learning.png"
    plans = tmp_path / "plans.png"
    assert main(["--output", str(output), "--plans", str(plans)]) == 0
    assert capsys.readouterr().out == f"{output}\n{plans}\n"
    with Image.open(output) as picture:
        assert picture.width > 2 * picture.height
