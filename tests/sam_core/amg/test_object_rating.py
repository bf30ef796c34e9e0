"""What is known of masks, and what they are worth."""

from __future__ import annotations

import numpy as np
import pytest

from sam_core.amg.found_mask import FoundMask
from sam_core.amg.object_boxes import FoundBoxes
from sam_core.amg.object_rating import KNOWN, RatedMask, describe, rate
from sam_core.masks.run_lengths import mask_to_runs

NOTHING = FoundBoxes(np.zeros((0, 4)), np.zeros(0))


def rectangle(left: int, top: int, right: int, bottom: int, quality: float = 0.5) -> FoundMask:
    """Return a mask that fills its box, which ends before ``right`` and ``bottom``."""
    pixels = np.zeros((40, 50), dtype=bool)
    pixels[top:bottom, left:right] = True
    return FoundMask(
        runs=mask_to_runs(pixels),
        size=(40, 50),
        box_xyxy=(left, top, right - 1, bottom - 1),
        predicted_iou=quality,
        stability_score=0.8,
        point_xy=(left, top),
        crop_box_xyxy=(0, 0, 50, 40),
    )


def test_what_is_known_of_a_mask() -> None:
    mask = RatedMask(rectangle(0, 10, 20, 20), sureness=0.7, is_object=True)
    other = RatedMask(rectangle(0, 10, 20, 19), is_zoomed=True)
    boxes = FoundBoxes(np.array([[0.0, 10, 20, 20], [0, 10, 10, 20]]), np.array([0.6, 1.0]))
    known = describe([mask, other], boxes)
    assert known.shape == (2, KNOWN)
    share = np.log10(200 / 2000)
    assert known[0] == pytest.approx([1, 0.5, 0.8, 0.7, 1, 0, 0.6, 0.1, share, 1, 0.25])
    assert known[1, 3:6].tolist() == [0, 0, 1]


def test_a_mask_that_fills_the_image_ends_at_four_edges() -> None:
    assert describe([RatedMask(rectangle(0, 0, 50, 40))], NOTHING)[0, -1] == 1


def test_where_nothing_was_found_nothing_is_known() -> None:
    assert describe([], NOTHING).shape == (0, KNOWN)


def test_worth_follows_the_weights() -> None:
    rating = np.zeros(KNOWN)
    rating[1] = 2.0
    known = describe([RatedMask(rectangle(0, 0, 5, 5, quality=q)) for q in (0.0, 1.0)], NOTHING)
    assert rate(known, rating) == pytest.approx([0.5, 1 / (1 + np.exp(-2))])
