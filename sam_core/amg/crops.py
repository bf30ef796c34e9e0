"""Zoomed crops of an image, each looked at on its own, and the way back to the image.

Boxes are left, top, right, bottom in pixels. A crop's right and bottom are edges; the box
of a mask ends with its last pixel, as in the published package.
"""

import math
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EDGE_TOLERANCE = 20.0
"""Pixels within which a mask counts as touching the edge of its crop."""


class Crop(NamedTuple):
    """A part of an image that is looked at on its own; layer 0 is the whole image."""

    box_xyxy: tuple[int, int, int, int]
    layer: int

    @property
    def area(self) -> int:
        """Number of pixels."""
        left, top, right, bottom = self.box_xyxy
        return (right - left) * (bottom - top)


def generate_crops(image_size: tuple[int, int], layers: int, overlap_ratio: float) -> list[Crop]:
    """Return the whole image, then layer by layer 2 x 2, 4 x 4, ... overlapping crops.

    Args:
        image_size: Height, width.
        layers: Layers of crops.
        overlap_ratio: Overlap of the first layer, as a fraction of the image's shorter side;
            it halves with every layer.
    """
    height, width = image_size
    crops = [Crop((0, 0, width, height), 0)]
    for layer in range(1, layers + 1):
        per_side = 2**layer
        overlap = int(overlap_ratio * min(height, width) * (2 / per_side))
        crop_width = math.ceil((overlap * (per_side - 1) + width) / per_side)
        crop_height = math.ceil((overlap * (per_side - 1) + height) / per_side)
        steps = range(per_side)
        for column, row in product(steps, steps):
            left, top = (crop_width - overlap) * column, (crop_height - overlap) * row
            right, bottom = min(left + crop_width, width), min(top + crop_height, height)
            crops.append(Crop((left, top, right, bottom), layer))
    return crops


def touches_inner_edge(
    boxes_xyxy: NDArray[np.float64], crop: Crop, image_size: tuple[int, int]
) -> NDArray[np.bool_]:
    """Return which boxes touch an edge of their crop that is no edge of the image.

    A mask that does is probably cut off by the crop.

    Args:
        boxes_xyxy: (n, 4) in image pixels.
        crop: Where the masks were looked for.
        image_size: Height, width.
    """
    height, width = image_size
    near_crop = np.abs(boxes_xyxy - np.array(crop.box_xyxy)) <= EDGE_TOLERANCE
    near_image = np.abs(boxes_xyxy - np.array([0, 0, width, height])) <= EDGE_TOLERANCE
    return np.asarray((near_crop & ~near_image).any(axis=1))
