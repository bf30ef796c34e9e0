"""Masks of the objects that a model has learnt to find: its detector's boxes, answered."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray

from sam_core.amg.box_masks import answer_boxes
from sam_core.amg.found_mask import FoundMask
from sam_core.amg.object_boxes import MOST_BOXES, find_object_boxes
from sam_core.modeling import ImageFeatures, Sam
from sam_core.predictor import SamPredictor


def find_objects(
    model: Sam,
    image: NDArray[np.uint8],
    on_progress: Callable[[float], None] = lambda _: None,
    most: int = MOST_BOXES,
) -> list[FoundMask]:
    """Return the masks of the objects that a model with a detector finds, the best first.

    Their ``predicted_iou`` is what masks as sure as these had on average on the images that the
    detector's training kept apart.

    Args:
        model: With a detector.
        image: (height, width, 3), upright, RGB, 0 to 255.
        on_progress: Gets the share that is done, 0 to 1; an exception from it ends the work.
        most: Masks at most.

    Raises:
        ImageError: If the array is not such an image.
        ValueError: If the model has no detector.
    """
    predictor = SamPredictor(model)
    predictor.set_image(image)
    found = objects_of(predictor, on_progress, most)
    assert model.object_detector is not None, "it found these"
    sureness = torch.tensor([score for score, _ in found], dtype=torch.float32)
    quality = torch.tensor([mask.predicted_iou for _, mask in found])
    expected = model.object_detector.expected_iou(sureness, quality).tolist()
    rated = [
        replace(mask, predicted_iou=iou)
        for (_, mask), iou in zip(found, expected, strict=True)
        if mask.area > 0
    ]
    return sorted(rated, key=lambda mask: -mask.predicted_iou)


def objects_of(
    predictor: SamPredictor,
    on_progress: Callable[[float], None] = lambda _: None,
    most: int = MOST_BOXES,
) -> list[tuple[float, FoundMask]]:
    """Return how sure the detector is of each object of an encoded image, and its mask.

    Args:
        predictor: Has the image; its model has a detector.
        on_progress: As for :func:`find_objects`.
        most: Boxes at most.

    Raises:
        ValueError: If the model has no detector.
    """
    detector = predictor.model.object_detector
    if detector is None:
        raise ValueError("model must have a detector, got one without; ask it by points")
    features = ImageFeatures(predictor.get_image_embedding(), predictor.high_res_features)
    assert predictor.original_size is not None, "an image was set"
    boxes = find_object_boxes(
        detector, features, predictor.original_size, predictor.model.image_size, most
    )
    masks = answer_boxes(predictor, boxes.boxes_xyxy, on_progress)
    return list(zip(boxes.sureness.tolist(), masks, strict=True))
