"""Clicks and boxes on a real photograph: what the mask does, and that every step can be undone."""

from __future__ import annotations

import numpy as np
import pytest

from tests.e2e.shown import deepest_pixel, overlap
from tests.e2e.workbench import Workbench

SUIT = (166, 341)
CUP = (285, 250)
SAUCER_BOX = (78, 20, 477, 385)


@pytest.fixture
def coffee(shared_coffee: Workbench) -> Workbench:
    return shared_coffee


@pytest.fixture
def astronaut(shared_astronaut: Workbench) -> Workbench:
    return shared_astronaut


def holds(mask: np.ndarray, point: tuple[float, float]) -> bool:
    return bool(mask[int(point[1]), int(point[0])])


def test_a_click_gives_a_mask_of_sensible_size_that_contains_the_click(
    astronaut: Workbench,
) -> None:
    astronaut.click(*SUIT)
    shown = astronaut.open_draft().shown
    assert holds(shown.mask, SUIT)
    assert 0.005 < shown.mask.mean() < 0.6


def test_the_outline_encloses_exactly_the_mask_that_would_be_saved(astronaut: Workbench) -> None:
    astronaut.click(*SUIT)
    for candidate in astronaut.open_draft().candidates:
        assert np.array_equal(candidate.outline, candidate.mask)
        assert candidate.area == candidate.mask.sum()


def test_a_background_click_shrinks_the_mask_and_leaves_it(astronaut: Workbench) -> None:
    astronaut.draw_box(10, 10, 500, 500)
    before = astronaut.open_draft().shown
    wrong = deepest_pixel(before.mask)
    astronaut.click(*wrong, background=True)
    after = astronaut.open_draft().shown
    assert 0 < after.area < before.area
    assert not holds(after.mask, wrong)


def test_a_box_gives_a_mask_that_stays_near_the_box(coffee: Workbench) -> None:
    coffee.draw_box(*SAUCER_BOX)
    draft = coffee.open_draft()
    assert draft.box is not None
    assert np.allclose(draft.box, SAUCER_BOX, atol=1.5)
    assert len(draft.candidates) == 1
    x0, y0, x1, y1 = SAUCER_BOX
    inside = np.zeros_like(draft.shown.mask)
    inside[y0:y1, x0:x1] = True
    assert (draft.shown.mask & inside).sum() > 0.9 * draft.shown.area
    assert 0.2 < draft.shown.area / inside.sum() < 1.0


def test_a_box_and_a_click_work_on_one_object(coffee: Workbench) -> None:
    coffee.draw_box(*SAUCER_BOX)
    coffee.click(120, 200)
    draft = coffee.open_draft()
    assert draft.box is not None
    assert len(draft.points) == 1
    assert holds(draft.shown.mask, (120, 200))


def test_a_single_click_offers_three_candidates_and_tab_cycles_them(coffee: Workbench) -> None:
    coffee.click(*CUP)
    draft = coffee.open_draft()
    assert sorted(candidate.token for candidate in draft.candidates) == [1, 2, 3]
    scores = [candidate.predicted_iou for candidate in draft.candidates]
    assert scores == sorted(scores, reverse=True)
    seen = []
    for _ in range(4):
        seen.append(coffee.open_draft().index)
        coffee.press("Tab")
    assert seen == [0, 1, 2, 0]


def test_a_background_click_goes_through_the_strip_of_candidates(coffee: Workbench) -> None:
    coffee.press("+", "+", "+")  # so that the photograph leaves no room beside it
    coffee.click(*CUP)
    coffee.page.get_by_role("radiogroup", name="Candidates").click(button="right")
    coffee.wait_for_answer(2)
    assert [label for _, _, label in coffee.open_draft().points] == [1, 0]


def test_the_second_click_builds_on_the_shown_candidate(coffee: Workbench) -> None:
    coffee.click(*CUP)
    coffee.press("Tab")
    chosen = coffee.open_draft().shown.logits
    coffee.click(CUP[0] + 40, CUP[1])
    fed_back = coffee.previous_logits()
    assert fed_back is not None
    assert np.array_equal(fed_back, chosen.ravel())


def test_undo_and_redo_restore_the_logits_exactly(coffee: Workbench) -> None:
    coffee.click(*CUP)
    coffee.press("Tab")
    first = coffee.open_draft()
    coffee.click(130, 200, background=True)
    second = coffee.open_draft()
    assert not np.array_equal(first.shown.logits, second.shown.logits)

    coffee.press("Control+z")
    undone = coffee.open_draft()
    assert undone.points == first.points
    assert np.array_equal(undone.shown.logits, first.shown.logits)
    assert np.array_equal(undone.shown.mask, first.shown.mask)

    coffee.press("Control+Shift+z")
    redone = coffee.open_draft()
    assert redone.points == second.points
    assert np.array_equal(redone.shown.logits, second.shown.logits)


def test_undo_of_the_first_prompt_leaves_nothing(coffee: Workbench) -> None:
    coffee.click(*CUP)
    coffee.press("Control+z")
    assert coffee.draft() is None


def test_escape_discards_the_object(coffee: Workbench) -> None:
    coffee.click(*CUP)
    coffee.press("Escape")
    assert coffee.draft() is None
    assert coffee.objects() == []


def test_zooming_does_not_move_the_click(coffee: Workbench) -> None:
    """The same image position is hit before and after a zoom and a pan."""
    coffee.click(*CUP)
    before = coffee.open_draft()
    coffee.press("Escape", "+", "+")
    coffee.click(*CUP)
    after = coffee.open_draft()
    assert np.allclose(after.points[0], before.points[0], atol=1.0)
    assert overlap(after.candidates[0].mask, before.candidates[0].mask) > 0.5
