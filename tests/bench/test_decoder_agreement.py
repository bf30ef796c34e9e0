"""The agreement is the worst overlap over all prompts, and no prompt is left out."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser

from bench.decoder_agreement import measure_agreement, random_prompt, worst_overlap
from sam_core.masks.rle import encode_rle


def square(side: int) -> dict[str, Any]:
    pixels = np.zeros((10, 10), dtype=np.bool_)
    pixels[:side, :side] = True
    return dict(encode_rle(pixels))


def test_the_worst_pair_counts() -> None:
    assert worst_overlap([square(4), square(2)], [square(4), square(4)]) == 0.25


def test_two_empty_masks_agree() -> None:
    assert worst_overlap([square(0)], [square(0)]) == 1.0


def test_a_missing_mask_is_no_agreement() -> None:
    with pytest.raises(RuntimeError, match="equally many masks, got 1 and 2"):
        worst_overlap([square(1)], [square(1), square(1)])


def test_prompts_lie_in_the_image_and_say_something() -> None:
    chance = random.Random(1)
    for _ in range(100):
        prompt = random_prompt(chance, 30, 20)
        assert prompt["points"] or prompt["box"]
        assert all(0 <= point["x"] <= 30 and 0 <= point["y"] <= 20 for point in prompt["points"])
        if prompt["box"] is not None:
            x0, y0, x1, y1 = prompt["box"]
            assert 0 <= x0 < x1 <= 30
            assert 0 <= y0 < y1 <= 20


@pytest.mark.e2e
def test_browser_and_python_agree_on_real_photographs(browser: Browser, server: str) -> None:
    results = measure_agreement(browser, server, count=6)
    assert results["agreement_prompts"] == 6
    assert results["agreement_min_iou"] >= 0.995
