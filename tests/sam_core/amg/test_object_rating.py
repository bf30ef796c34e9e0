"""What is known of masks, and what they are worth."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sam_core.amg.found_mask import FoundMask
from sam_core.amg.object_boxes import FoundBoxes
from sam_core.amg.object_rating import KNOWN, RatedMask, describe, rate, rate_masks
from sam_core.masks.run_lengths import mask_to_runs
from sam_core.modeling import MaskRating

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


def rating_by_quality() -> MaskRating:
    """Return a rating by which worth follows the predicted IoU alone."""
    rating = MaskRating(KNOWN, hidden=1)
    with torch.no_grad():
        for parameter in rating.parameters():
            parameter.zero_()
        rating.layers[0].weight[0, 0] = 1.0  # type: ignore[index]
        rating.layers[2].weight[0, 0] = 2.0  # type: ignore[index]
    return rating.requires_grad_(False)


def test_what_is_known_of_a_mask() -> None:
    mask = RatedMask(rectangle(0, 10, 20, 20), sureness=0.7, is_object=True)
    other = RatedMask(rectangle(0, 10, 20, 19), is_zoomed=True)
    boxes = FoundBoxes(np.array([[0.0, 10, 20, 20], [0, 10, 10, 20]]), np.array([0.6, 1.0]))
    known = describe([mask, other], boxes)
    assert known.shape == (2, KNOWN)
    share = np.log10(200 / 2000)
    assert known[0] == pytest.approx(
        [0.5, 0.8, 0.7, 1, 0, 0.6, 0.1, share, 1, 0.25, np.log2(20 / 50), np.log2(10 / 50)]
    )
    assert known[1, 2:5].tolist() == [0, 0, 1]


def test_a_mask_that_fills_the_image_ends_at_four_edges() -> None:
    assert describe([RatedMask(rectangle(0, 0, 50, 40))], NOTHING)[0, 9] == 1


def test_where_nothing_was_found_nothing_is_known() -> None:
    assert describe([], NOTHING).shape == (0, KNOWN)


def test_worth_follows_the_rating() -> None:
    known = describe([RatedMask(rectangle(0, 0, 5, 5, quality=q)) for q in (0.0, 1.0)], NOTHING)
    told = rating_by_quality()(torch.from_numpy(known).float()).numpy()
    assert told[0] < told[1]
    assert rate(known, rating_by_quality()) == pytest.approx(1 / (1 + np.exp(-told)))


def test_each_mask_gets_its_worth_and_stays_as_it_is() -> None:
    masks = [RatedMask(rectangle(0, 0, 9, 9, quality)) for quality in (0.9, 0.1)]
    rated = rate_masks(masks, NOTHING, rating_by_quality())
    assert [mask.found for mask in rated] == [mask.found for mask in masks]
    worth = rate(describe(masks, NOTHING), rating_by_quality())
    assert [mask.worth for mask in rated] == worth.tolist()
    assert worth[0] > worth[1]
    assert rate_masks([], NOTHING, rating_by_quality()) == []
