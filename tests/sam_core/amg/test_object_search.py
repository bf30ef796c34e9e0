"""A detector's objects beside masks that points found."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sam_core import SamAutomaticMaskGenerator, SamPredictor
from sam_core.amg.found_mask import FoundMask
from sam_core.amg.object_boxes import FoundBoxes
from sam_core.amg.object_rating import KNOWN, RatedMask, rate
from sam_core.amg.object_search import SMALL_MASK, best_of, look_for_objects
from sam_core.errors import PromptError
from sam_core.modeling import ObjectFinder, Sam
from sam_core.modeling.object_detector import detector_for
from tests.helpers.builders import WIDTH, noise_image, tiny_hybrid_sam
from tests.sam_core.amg.test_object_rating import rating_by_quality, rectangle

IMAGE = noise_image(40, 50)


@pytest.fixture
def sam() -> Sam:
    return tiny_hybrid_sam().requires_grad_(False)


@pytest.fixture
def finder() -> ObjectFinder:
    torch.manual_seed(0)
    detector = detector_for(WIDTH, (WIDTH // 8, WIDTH // 4), levels=3).eval()
    with torch.no_grad():
        detector.head.bias[::5] = 1.0  # type: ignore[index] # believes in many objects
    return ObjectFinder(detector.requires_grad_(False), rating_by_quality())


def look(
    sam: Sam, finder: ObjectFinder, by_points: list[FoundMask]
) -> tuple[list[RatedMask], FoundBoxes, list[float]]:
    predictor = SamPredictor(sam)
    predictor.set_image(IMAGE)
    shares: list[float] = []
    masks, boxes = look_for_objects(predictor, finder.detector, IMAGE, by_points, shares.append)
    return masks, boxes, shares


def test_objects_come_from_the_image_and_from_its_crops(sam: Sam, finder: ObjectFinder) -> None:
    masks, boxes, shares = look(sam, finder, [])
    assert {mask.is_zoomed for mask in masks} == {False, True}
    assert all(mask.is_object and mask.sureness > 0 for mask in masks)
    assert len(boxes.boxes_xyxy) == len(boxes.sureness) >= len(masks)
    assert shares == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert {mask.found.size for mask in masks} == {(40, 50)}


def test_candidates_are_the_masks_of_points_and_the_objects(sam: Sam, finder: ObjectFinder) -> None:
    shares: list[float] = []
    generator = SamAutomaticMaskGenerator(
        sam, points_per_side=4, pred_iou_thresh=0.0, stability_score_thresh=0.0
    )
    masks, boxes = generator.find_candidates(IMAGE, finder.detector, shares.append)
    objects, found, _ = look(sam, finder, [])
    assert [mask.found.box_xyxy for mask in masks if mask.is_object] == [
        mask.found.box_xyxy for mask in objects
    ]
    assert any(not mask.is_object for mask in masks)
    assert all(mask.found.area and mask.worth == 0 for mask in masks)
    np.testing.assert_array_equal(boxes.boxes_xyxy, found.boxes_xyxy)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_a_small_mask_is_answered_again_where_it_is_seen_larger(
    sam: Sam, finder: ObjectFinder
) -> None:
    small, large = rectangle(10, 8, 15, 12, quality=0.3), rectangle(2, 2, 45, 35)
    assert small.area < SMALL_MASK * IMAGE[..., 0].size < large.area
    masks, _, _ = look(sam, finder, [small, large])
    closer, same = masks[0], next(mask for mask in masks if mask.found is large)
    assert closer.is_zoomed
    assert closer.found.crop_box_xyxy != (0, 0, 50, 40)
    assert closer.found.predicted_iou == small.predicted_iou
    assert closer.found.point_xy == small.point_xy
    assert not (same.is_zoomed)
    assert not (same.is_object)


def test_of_masks_in_nearly_the_same_box_the_worthiest_stays() -> None:
    one, twin, other = rectangle(0, 0, 20, 20), rectangle(0, 0, 20, 19), rectangle(30, 0, 50, 20)
    masks = [RatedMask(one, worth=0.2), RatedMask(twin, worth=0.6), RatedMask(other, worth=0.4)]
    assert best_of(masks, 0.7, None) == [twin, other]
    assert best_of(masks, 0.7, 1) == [twin]
    assert best_of([], 0.7, 5) == []


def test_the_generator_gives_points_and_objects_together(sam: Sam, finder: ObjectFinder) -> None:
    def masks(
        chosen: ObjectFinder | None, least_iou: float = 0.0, least_worth: float = 0.0
    ) -> list[FoundMask]:
        generator = SamAutomaticMaskGenerator(
            sam,
            points_per_side=4,
            pred_iou_thresh=least_iou,
            stability_score_thresh=0.0,
            most_masks=60,
            finder=chosen,
            least_worth=least_worth,
        )
        return generator.find_masks(IMAGE)

    both = masks(finder)
    assert len(masks(None)) < len(both) <= 60
    scores = [mask.predicted_iou for mask in both]
    assert scores == sorted(scores, reverse=True)
    least = scores[len(scores) // 2]
    assert min(mask.predicted_iou for mask in masks(finder, least)) > least
    # Worth rises with the predicted IoU here.
    worth = rate(np.array([[least, *[0.0] * (KNOWN - 1)]]), finder.rating)[0]
    worthy = masks(finder, least_worth=worth - 1e-6)
    assert 0 < len(worthy) < len(both)
    assert min(mask.predicted_iou for mask in worthy) == least


def test_a_finder_looks_at_crops_by_itself(sam: Sam, finder: ObjectFinder) -> None:
    with pytest.raises(PromptError, match="finder needs the fast method"):
        SamAutomaticMaskGenerator(sam, crop_n_layers=1, finder=finder)
    with pytest.raises(PromptError, match="finder needs the fast method"):
        SamAutomaticMaskGenerator(sam, method="plain", finder=finder)
