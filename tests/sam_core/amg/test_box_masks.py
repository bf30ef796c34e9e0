"""Masks of many boxes are those of each box alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sam_core import SamAutomaticMaskGenerator, SamPredictor
from sam_core.amg.box_masks import ask_again, masks_of_boxes
from sam_core.amg.found_mask import FoundMask
from sam_core.errors import PromptError
from sam_core.modeling import Sam
from tests.helpers.builders import noise_image, tiny_hybrid_sam, tiny_sam

BOXES = np.array([[3.0, 4, 30, 40], [20, 10, 88, 22], [0, 0, 90, 50], [1, 1, 3, 3]] * 6)


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
def test_masks_are_those_of_the_predictor(build: Callable[[], Sam]) -> None:
    # Weights by formula enlarge rounding errors; see tests/parity.
    sam, image = build().double(), noise_image(50, 90)
    predictor = SamPredictor(sam)
    predictor.set_image(image)
    found = masks_of_boxes(sam, image, BOXES)
    assert len(found) == len(BOXES)
    for mask, box in zip(found[:4], BOXES, strict=False):
        want, quality, _ = predictor.predict(box=box, multimask_output=False)
        np.testing.assert_array_equal(mask.pixels, want[0])
        assert mask.predicted_iou == pytest.approx(float(quality[0]))
        assert mask.area == int(want[0].sum())


def test_no_boxes_give_no_masks() -> None:
    assert masks_of_boxes(tiny_sam(), noise_image(20, 20), np.zeros((0, 4))) == []


@pytest.mark.parametrize(
    "boxes", [[[0, 0, 0, 5]], [[4, 0, 1, 5]], [[0, 0, np.nan, 5]], [[0, 0, 5]], [0, 0, 5, 5]]
)
def test_boxes_without_area_are_refused(boxes: list[object]) -> None:
    with pytest.raises(PromptError, match="boxes must"):
        masks_of_boxes(tiny_sam(), noise_image(20, 20), np.array(boxes, dtype=float))


def test_progress_grows_to_one_and_may_end_the_work() -> None:
    shares: list[float] = []
    masks_of_boxes(tiny_sam(), noise_image(20, 20), BOXES / 5, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    def stop(_share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        masks_of_boxes(tiny_sam(), noise_image(20, 20), BOXES / 5, stop)


def crop_of(image: np.ndarray, box: tuple[int, int, int, int]) -> np.ndarray:
    left, top, right, bottom = box
    return np.ascontiguousarray(image[top:bottom, left:right])


@pytest.mark.parametrize("layers", [0, 1])
def test_asked_again_masks_are_those_of_point_and_box(layers: int) -> None:
    sam, image = tiny_hybrid_sam().double(), noise_image(60, 90)
    settings: dict[str, Any] = {
        "points_per_side": 3,
        "pred_iou_thresh": 0,
        "stability_score_thresh": 0,
        "box_nms_thresh": 1.0,
        "crop_nms_thresh": 1.0,
        "crop_n_layers": layers,
    }
    found = SamAutomaticMaskGenerator(sam, **settings).find_masks(image)
    again = SamAutomaticMaskGenerator(sam, ask_again=True, **settings).find_masks(image)
    assert len(found) == len(again) > 0
    changed = 0
    for old, new in zip(found, again, strict=True):
        assert (new.predicted_iou, new.point_xy) == (old.predicted_iou, old.point_xy)
        if not old.area:
            continue
        left, top, _, _ = corner = old.crop_box_xyxy
        predictor = SamPredictor(sam)
        predictor.set_image(crop_of(image, corner))
        want, _, _ = predictor.predict(
            point_coords=np.array([old.point_xy]) - [left, top],
            point_labels=np.array([1]),
            box=np.add(old.box_xyxy, [0, 0, 1, 1]) - [left, top, left, top],
            multimask_output=False,
        )
        if want.any():
            np.testing.assert_array_equal(crop_of(new.pixels, corner), want[0])
            changed += not np.array_equal(new.pixels, old.pixels)
        else:
            np.testing.assert_array_equal(new.pixels, old.pixels)
    assert changed > 0


def test_nothing_is_asked_again_where_nothing_was_found() -> None:
    predictor = SamPredictor(tiny_sam())
    predictor.set_image(noise_image(20, 20))
    assert ask_again(predictor, []) == []
    empty = FoundMask(np.array([400]), (20, 20), (0, 0, 0, 0), 0.5, 0.0, (3, 4), (0, 0, 20, 20))
    assert ask_again(predictor, [empty]) == [empty]
