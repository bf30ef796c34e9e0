"""What a detector says, as a list of boxes in the image."""

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from sam_core.amg.suppression import suppress_boxes
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.modeling.object_detector import CELL, ObjectDetector
from sam_core.transforms import ResizeLongestSide

LEAST_SURENESS = 0.1
MOST_BOXES = 300
NMS_THRESHOLD = 0.6


class FoundBoxes(NamedTuple):
    """Boxes of the objects of an image, the surest first."""

    boxes_xyxy: NDArray[np.float64]
    """(n, 4) edges in pixels of the image."""
    sureness: NDArray[np.float64]
    """(n,) how sure the detector is of each, in [0, 1]."""


@torch.no_grad()
def find_object_boxes(  # noqa: PLR0913 - an encoded image is three things, a choice three more
    detector: ObjectDetector,
    features: ImageFeatures,
    image_hw: tuple[int, int],
    image_size: int,
    most: int = MOST_BOXES,
    *,
    least: float = LEAST_SURENESS,
    nms_threshold: float = NMS_THRESHOLD,
) -> FoundBoxes:
    """Return the boxes that a detector finds in an image.

    A box starts at a cell that is surer than its eight neighbours; of boxes that overlap much the
    surest stays.

    Args:
        detector: In evaluation mode.
        features: Of the image.
        image_hw: Height and width of the image.
        image_size: Side of the model input.
        most: Boxes at most.
        least: Sureness below which a box goes.
        nms_threshold: Of boxes with a higher IoU than this the surest stays.
    """
    said = detector(features)
    sureness = said.centres[0].sigmoid()
    highest = functional.max_pool2d(sureness, 3, stride=1, padding=1)
    is_peak = (sureness == highest) & (sureness >= least)
    levels, rows, columns = is_peak.nonzero(as_tuple=True)
    scores = sureness[levels, rows, columns].double().cpu().numpy()
    x, y = ((place.double().cpu().numpy() + 0.5) * CELL for place in (columns, rows))
    left, top, right, bottom = (
        said.edges[0].movedim(1, 0)[:, levels, rows, columns].double().cpu().numpy()
    )
    boxes = np.stack([x - left, y - top, x + right, y + bottom], axis=1)
    height, width = ResizeLongestSide.get_preprocess_shape(*image_hw, image_size)
    edge = np.array([image_hw[1], image_hw[0]] * 2, dtype=np.float64)
    boxes = np.clip(boxes * (edge / np.array([width, height] * 2)), 0, edge)
    has_area = (boxes[:, 2:] - boxes[:, :2] > 1).all(axis=1)
    boxes, scores = boxes[has_area], scores[has_area]
    kept = suppress_boxes(boxes, scores, nms_threshold)[:most]
    return FoundBoxes(boxes[kept], scores[kept])
