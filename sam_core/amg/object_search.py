"""What a detector adds to masks that points found: objects, and small things seen closer.

Points miss things that lie between them or in others, and a grid knows nothing of what people
call an object. A detector's boxes become masks of their own; then the image is looked at once
more in four overlapping crops, where what is small has twice the resolution.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sam_core.amg.box_masks import answer_boxes_of_crop
from sam_core.amg.crops import Crop, generate_crops, touches_inner_edge
from sam_core.amg.found_mask import FoundMask
from sam_core.amg.object_boxes import FoundBoxes, find_object_boxes
from sam_core.amg.object_rating import RatedMask
from sam_core.amg.suppression import suppress_boxes
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.modeling.object_detector import ObjectDetector
from sam_core.predictor import SamPredictor

LEAST_SURENESS = 0.05
"""Weaker boxes than these are hardly ever right; what the others are worth, the rating says."""
MOST_BOXES = 150
"""Boxes of the whole image, at most."""
MOST_BOXES_OF_CROP = 60
"""Boxes of each crop, at most."""
NMS_THRESHOLD = 0.7
SMALL_OBJECT = 0.04
"""Share of the image: larger objects are found in the whole image, where nothing cuts them off."""
SMALL_MASK = 0.03
"""Share of the image: masks of points that are smaller are answered again in a crop."""
MARGIN = 0.15
"""Room that a mask needs in its crop, as a share of its longer side."""
OVERLAP = 512 / 1500
"""Overlap of the crops, as a share of the image's shorter side."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What is looked at: the whole image, or a crop of it."""

    crop: Crop
    size: tuple[int, int]

    @property
    def is_zoomed(self) -> bool:
        return self.crop.layer > 0


def look_for_objects(
    predictor: SamPredictor,
    detector: ObjectDetector,
    image: NDArray[np.uint8],
    by_points: Sequence[FoundMask],
    on_progress: Callable[[float], None] = lambda _: None,
) -> tuple[list[RatedMask], FoundBoxes]:
    """Return masks found by points and by a detector, and all boxes of the detector.

    Args:
        predictor: Has the image; it has another one afterwards.
        detector: Finds the objects.
        image: (height, width, 3) RGB.
        by_points: Masks of the whole image.
        on_progress: Gets the share that is done, 0 to 1; an exception from it ends the work.
    """
    size = (image.shape[0], image.shape[1])
    crops = generate_crops(size, 1, OVERLAP)
    masks = [RatedMask(mask) for mask in by_points]
    boxes: list[FoundBoxes] = []
    for index, crop in enumerate(crops):
        part = _Part(crop, size)
        if part.is_zoomed:
            left, top, right, bottom = crop.box_xyxy
            predictor.set_image(np.ascontiguousarray(image[top:bottom, left:right]))
            masks = _look_closer(predictor, masks, part)
        found, objects = _find_objects(predictor, detector, part)
        boxes.append(found)
        masks += objects
        on_progress((index + 1) / len(crops))
    return masks, FoundBoxes(*(np.concatenate(parts) for parts in zip(*boxes, strict=True)))


def best_of(masks: Sequence[RatedMask], threshold: float, most: int | None) -> list[FoundMask]:
    """Return masks without those whose box a worthier one nearly fills, worthiest first.

    Args:
        masks: All that were found.
        threshold: A mask goes when the IoU of its box with a worthier one's is above this.
        most: How many stay at most; ``None`` for all.
    """
    boxes = np.array([mask.found.box_xyxy for mask in masks], dtype=np.float64).reshape(-1, 4)
    boxes += np.array([0, 0, 1, 1])  # A found mask's box ends with its last pixel.
    kept = suppress_boxes(boxes, np.array([mask.worth for mask in masks]), threshold)
    return [masks[index].found for index in kept[:most]]


def _find_objects(
    predictor: SamPredictor, detector: ObjectDetector, part: _Part
) -> tuple[FoundBoxes, list[RatedMask]]:
    """Return the boxes of a part, in pixels of the image, and their masks."""
    left, top, right, bottom = part.crop.box_xyxy
    features = ImageFeatures(predictor.get_image_embedding(), predictor.high_res_features)
    found = find_object_boxes(
        detector,
        features,
        (bottom - top, right - left),
        predictor.model.image_size,
        MOST_BOXES_OF_CROP if part.is_zoomed else MOST_BOXES,
        least=LEAST_SURENESS,
        nms_threshold=NMS_THRESHOLD,
    )
    boxes, sureness = found.boxes_xyxy + np.array([left, top] * 2), found.sureness
    if part.is_zoomed:
        is_small = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1) < SMALL_OBJECT * np.prod(part.size)
        usable = is_small & ~touches_inner_edge(boxes, part.crop, part.size)
        boxes, sureness = boxes[usable], sureness[usable]
    answers = answer_boxes_of_crop(predictor, boxes, part.crop.box_xyxy, part.size)
    masks = [
        RatedMask(mask, sureness=float(sure), is_object=True, is_zoomed=part.is_zoomed)
        for mask, sure in zip(answers, sureness, strict=True)
        if mask.area
    ]
    return FoundBoxes(boxes, sureness), masks


def _look_closer(
    predictor: SamPredictor, masks: Sequence[RatedMask], part: _Part
) -> list[RatedMask]:
    """Return masks of which the small ones that lie in a crop are answered there, by their box."""
    chosen = [
        index for index, mask in enumerate(masks) if not mask.is_zoomed and _fits(mask.found, part)
    ]
    boxes = np.array([masks[index].found.box_xyxy for index in chosen], dtype=np.float64)
    boxes = boxes.reshape(-1, 4) + np.array([0, 0, 1, 1])
    answers = answer_boxes_of_crop(predictor, boxes, part.crop.box_xyxy, part.size)
    closer = list(masks)
    for index, answer in zip(chosen, answers, strict=True):
        if answer.area:
            # The point's estimate says which of several things the mask is likely to be.
            old = masks[index].found
            new = replace(answer, predicted_iou=old.predicted_iou, point_xy=old.point_xy)
            closer[index] = replace(masks[index], found=new, is_zoomed=True)
    return closer


def _fits(mask: FoundMask, part: _Part) -> bool:
    """Return whether a mask is small and has room around it in a crop, or the image's edge."""
    height, width = part.size
    if mask.area >= SMALL_MASK * height * width:
        return False
    left, top, right, bottom = mask.box_xyxy
    room = MARGIN * max(right - left, bottom - top)
    crop = part.crop.box_xyxy
    return bool(
        left >= (crop[0] + room if crop[0] > 0 else 0)
        and top >= (crop[1] + room if crop[1] > 0 else 0)
        and right < (crop[2] - room if crop[2] < width else width)
        and bottom < (crop[3] - room if crop[3] < height else height)
    )
