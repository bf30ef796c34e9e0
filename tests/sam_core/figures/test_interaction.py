from __future__ import annotations

import numpy as np
import pytest

from sam_core.figures.interaction import (
    CLICKS_SHOWN,
    around,
    as_prompt,
    draw_candidates,
    draw_click_by_click,
    draw_gallery,
    draw_simulated_click,
    error_picture,
    play_clicks,
)
from sam_core.figures.scenes import Target
from sam_core.figures.style import Pixels
from sam_core.predictor import SamPredictor
from sam_core.prompts import PointPrompt
from sam_core.training.simulated_clicks import Click

SQUARE = Target("square", "any", (((16, 12), (39, 12), (39, 35), (16, 35)),))


def labels_below(figure: object) -> list[str]:
    return [axis.get_xlabel() for axis in figure.axes]  # type: ignore[attr-defined]


def test_a_click_on_a_pixel_is_a_point_in_its_middle() -> None:
    assert as_prompt(Click(3, 7, False)) == PointPrompt(7.5, 3.5, 0)
    assert as_prompt(Click(0, 0, True)) == PointPrompt(0.5, 0.5, 1)


def test_a_session_adds_one_click_in_each_round(predictor: SamPredictor, photo: Pixels) -> None:
    predictor.set_image(photo)
    truth = SQUARE.mask((48, 64))
    rounds = play_clicks(predictor, truth, 3)
    assert [len(played.prompts.points) for played in rounds] == [1, 2, 3]
    assert [played.prompts.mask is None for played in rounds] == [True, False, False]
    assert rounds[0].prompts.points[0] == rounds[2].prompts.points[0]


def test_a_later_click_lies_in_the_error_of_the_mask_before(
    predictor: SamPredictor, photo: Pixels
) -> None:
    predictor.set_image(photo)
    truth = SQUARE.mask((48, 64))
    first, second = play_clicks(predictor, truth, 2)
    click = second.prompts.points[-1]
    place = (int(click.y), int(click.x))
    assert first.mask[place] != truth[place]
    assert click.label == truth[place]


def test_a_perfect_mask_ends_the_session(
    predictor: SamPredictor, photo: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    predictor.set_image(photo)
    truth = play_clicks(predictor, SQUARE.mask((48, 64)), 1)[0].mask
    answer = predictor.predict_prompts(play_clicks(predictor, SQUARE.mask((48, 64)), 1)[0].prompts)
    monkeypatch.setattr(predictor, "predict_prompts", lambda _: answer)
    assert len(play_clicks(predictor, truth, 5)) == 1


def test_one_candidate_of_each_click_is_shown_first(predictor: SamPredictor, photo: Pixels) -> None:
    figure = draw_candidates(predictor, [(photo, PointPrompt(20, 20, 1))] * 2)
    assert len(figure.axes) == 8
    assert [axis.get_title() for axis in figure.axes].count("shown first") == 2
    assert labels_below(figure)[1].startswith("token 1: predicted IoU 0.")


def test_the_true_iou_stands_below_each_number_of_clicks(
    predictor: SamPredictor, photo: Pixels
) -> None:
    labels = labels_below(draw_click_by_click(predictor, [(photo, SQUARE)]))
    assert labels[0].startswith("1 click: IoU 0.")
    assert [int(label.split()[0]) for label in labels] == list(CLICKS_SHOWN)


def test_the_gallery_is_ordered_by_the_true_iou(predictor: SamPredictor, photo: Pixels) -> None:
    corners = [
        ((x, 4), (x + size, 4), (x + size, 4 + size), (x, 4 + size))
        for x, size in ((2, 30), (30, 12), (8, 20), (40, 18))
    ]
    cases = [(photo, Target(f"t{n}", "any", (corner,))) for n, corner in enumerate(corners)]
    labels = labels_below(draw_gallery(predictor, cases))
    ious = [float(label.rsplit(" ", 1)[1]) for label in labels]
    assert ious[:4] == sorted(ious[:4], reverse=True)
    assert ious[:4] == ious[4:], "four cases fill both rows"


def test_a_view_holds_the_object_and_stays_in_the_photograph() -> None:
    mask = np.zeros((40, 60), dtype=bool)
    mask[0:6, 50:58] = True
    left, right, bottom, top = around(mask)
    assert (left <= 50, right >= 58, top <= 0.01, bottom >= 6) == (True, True, True, True)
    assert (left >= 0, right <= 60, top >= 0, bottom <= 40) == (True, True, True, True)
    assert right - left == pytest.approx(bottom - top)


def test_missed_wrong_and_right_pixels_have_three_colours() -> None:
    truth = np.array([[True, True, False, False]])
    mask = np.array([[True, False, True, False]])
    colours = error_picture(mask, truth)[0].tolist()
    assert len({tuple(colour) for colour in colours}) == 4
    assert colours[1] == [0x00, 0x9E, 0x73]
    assert colours[2] == [0xD5, 0x5E, 0x00]


def test_the_simulated_click_is_drawn_alike_each_time(
    predictor: SamPredictor, photo: Pixels
) -> None:
    first, second = (draw_simulated_click(predictor, photo, SQUARE) for _ in range(2))
    assert labels_below(first) == labels_below(second)
    assert labels_below(first)[1] == "2. what is meant"
