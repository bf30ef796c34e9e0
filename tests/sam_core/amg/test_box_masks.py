"""Masks of many boxes are those of each box alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sam_core import SamPredictor
from sam_core.amg.box_masks import masks_of_boxes
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
