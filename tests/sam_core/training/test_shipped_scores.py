"""The file that ships scores what was written down for it, on forty made scenes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.pin_scores import PINS, TOLERANCES, measure_shipped_model
from tests.helpers.synthetic_scenes import LEAST_VISIBLE_PIXELS, SCENES, draw_scene

HOW_TO_PIN = "if the weights changed on purpose, run: python -m tests.helpers.pin_scores"


@pytest.mark.slow
@pytest.mark.timeout(600)  # forty full-size encodings on a machine that does other things too
def test_the_shipped_model_scores_what_is_pinned(tmp_path: Path) -> None:
    pinned = json.loads(PINS.read_text(encoding="utf-8"))
    measured = measure_shipped_model(tmp_path)
    assert measured["model_id"] == pinned["model_id"], f"other weights; {HOW_TO_PIN}"
    assert measured["masks"] == pinned["masks"]
    moved = {
        key: (pinned["scores"][key], measured["scores"][key])
        for key, tolerance in TOLERANCES.items()
        if abs(measured["scores"][key] - pinned["scores"][key]) > tolerance
    }
    assert not moved, f"pinned and measured score differ; {HOW_TO_PIN}"


def test_the_scenes_have_two_or_three_visible_objects_apart() -> None:
    for number in range(SCENES):
        scene = draw_scene(number)
        assert 2 <= len(scene.masks) <= 3
        assert min(int(mask.sum()) for mask in scene.masks) >= LEAST_VISIBLE_PIXELS
        assert np.sum(scene.masks, axis=0).max() == 1


def test_a_scene_is_the_same_every_time() -> None:
    first, second = draw_scene(7), draw_scene(7)
    assert np.array_equal(first.pixels, second.pixels)
    assert np.array_equal(first.masks, second.masks)
    assert not np.array_equal(first.pixels.shape, draw_scene(8).pixels.shape)
