"""Objects that a detector finds get the masks of their boxes and an estimate of their own."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sam_core import SamPredictor
from sam_core.amg.box_masks import masks_of_boxes
from sam_core.amg.object_boxes import find_object_boxes
from sam_core.amg.object_masks import find_objects
from sam_core.modeling import ImageFeatures, Sam
from sam_core.modeling.object_detector import detector_for
from tests.helpers.builders import WIDTH, noise_image, tiny_hybrid_sam

IMAGE = noise_image(50, 90)


@pytest.fixture
def sam() -> Sam:
    torch.manual_seed(0)
    model = tiny_hybrid_sam()
    detector = detector_for(WIDTH, (WIDTH // 8, WIDTH // 4)).eval()
    with torch.no_grad():
        detector.head.bias[0] = 1.0  # type: ignore[index] # believes in many objects
    model.object_detector = detector
    return model.requires_grad_(False)


def test_masks_are_those_of_the_boxes(sam: Sam) -> None:
    found = find_objects(sam, IMAGE)
    predictor = SamPredictor(sam)
    predictor.set_image(IMAGE)
    features = ImageFeatures(predictor.get_image_embedding(), predictor.high_res_features)
    assert sam.object_detector is not None
    boxes = find_object_boxes(sam.object_detector, features, (50, 90), sam.image_size)
    alone = [mask for mask in masks_of_boxes(sam, IMAGE, boxes.boxes_xyxy) if mask.area]
    assert len(found) == len(alone) > 0
    areas = sorted(mask.area for mask in alone)
    np.testing.assert_array_equal(sorted(mask.area for mask in found), areas)


def test_the_estimate_is_what_was_seen_of_such_masks(sam: Sam) -> None:
    assert sam.object_detector is not None
    sam.object_detector.calibration = torch.tensor([0.25, 0.0, 0.0])
    assert {mask.predicted_iou for mask in find_objects(sam, IMAGE)} == {0.25}


def test_the_best_comes_first_and_progress_ends_at_one(sam: Sam) -> None:
    shares: list[float] = []
    found = find_objects(sam, IMAGE, shares.append)
    estimates = [mask.predicted_iou for mask in found]
    assert estimates == sorted(estimates, reverse=True)
    assert shares[-1] == 1.0


def test_a_model_without_a_detector_is_refused() -> None:
    with pytest.raises(ValueError, match="model must have a detector"):
        find_objects(tiny_hybrid_sam(), IMAGE)
