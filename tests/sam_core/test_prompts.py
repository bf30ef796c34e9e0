from __future__ import annotations

import math

import numpy as np
import pytest

from sam_core.errors import PromptError
from sam_core.prompts import BoxPrompt, MaskPrompt, PointPrompt, PromptSet

CLICK = PointPrompt(3.5, 4.5, 1)
BOX = BoxPrompt(1, 2, 9, 8)
MASK = MaskPrompt(np.zeros((16, 16), dtype=np.float32))


@pytest.mark.parametrize("label", [2, -1, 3])
def test_point_label_is_on_or_beside_the_object(label: int) -> None:
    with pytest.raises(PromptError, match=f"point label must be 1 .* or 0 .*, got {label}"):
        PointPrompt(1, 1, label)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_point_has_finite_coordinates(bad: float) -> None:
    with pytest.raises(PromptError, match="point must have finite x and y"):
        PointPrompt(bad, 1, 1)


@pytest.mark.parametrize("edges", [(5, 2, 5, 8), (9, 2, 1, 8), (1, 8, 9, 2)])
def test_box_has_an_area_and_ordered_corners(edges: tuple[int, int, int, int]) -> None:
    with pytest.raises(PromptError, match=r"x0 < x1 and y0 < y1, got .*; order its corners"):
        BoxPrompt(*edges)


def test_box_has_finite_edges() -> None:
    with pytest.raises(PromptError, match="box must have four finite edges"):
        BoxPrompt(0, 0, math.inf, 5)


def test_mask_logits_are_two_dimensional() -> None:
    with pytest.raises(PromptError, match=r"shape \(height, width\), got \(1, 4, 4\)"):
        MaskPrompt(np.zeros((1, 4, 4), dtype=np.float32))


def test_mask_logits_are_finite() -> None:
    with pytest.raises(PromptError, match="mask logits must be finite"):
        MaskPrompt(np.full((4, 4), np.nan, dtype=np.float32))


def test_no_prompt_at_all_is_refused() -> None:
    with pytest.raises(PromptError, match="must hold a point, a box or a mask, got none"):
        PromptSet()


@pytest.mark.parametrize(
    ("prompts", "expected"),
    [
        (PromptSet((CLICK,)), True),
        (PromptSet((CLICK, CLICK)), False),
        (PromptSet((), BOX), False),
        (PromptSet((CLICK,), BOX), False),
        (PromptSet((CLICK,), mask=MASK), False),
    ],
)
def test_only_a_single_point_is_ambiguous(prompts: PromptSet, expected: bool) -> None:
    assert prompts.is_ambiguous is expected


def test_points_come_before_the_corners_of_the_box() -> None:
    coords, labels = PromptSet((CLICK, PointPrompt(7, 8, 0)), BOX).coords_and_labels()
    assert coords.tolist() == [[3.5, 4.5], [7, 8], [1, 2], [9, 8]]
    assert labels.tolist() == [1, 0, 2, 3]


def test_mask_alone_has_no_points() -> None:
    coords, labels = PromptSet(mask=MASK).coords_and_labels()
    assert coords.shape == (0, 2)
    assert labels.shape == (0,)


def test_point_on_the_border_is_inside_and_one_beyond_is_not() -> None:
    PromptSet((PointPrompt(10, 5, 1),)).check_inside((5, 10))
    with pytest.raises(PromptError, match=r"inside the image of 10 x 5 pixels, got \(10.1, 5\)"):
        PromptSet((PointPrompt(10.1, 5, 1),)).check_inside((5, 10))


def test_box_may_reach_over_the_border_but_must_touch_the_image() -> None:
    PromptSet((), BoxPrompt(-3, -3, 4, 4)).check_inside((5, 10))
    with pytest.raises(PromptError, match="box must touch the image of 10 x 5 pixels"):
        PromptSet((), BoxPrompt(11, 0, 14, 4)).check_inside((5, 10))
