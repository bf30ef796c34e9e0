"""What a found mask is worth beside others: how likely it is one that people would have drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from sam_core.amg.found_mask import FoundMask
from sam_core.amg.object_boxes import FoundBoxes
from sam_core.modeling.mask_rating import MaskRating

KNOWN = 12
"""Numbers that are known of a mask."""
_NEARLY_EQUAL = 0.7
_MOST_NEAR = 10
_LEAST_SHARE = 1e-5
_LEAST_SIDE = 1 / 280
_EDGES = 4


@dataclass(frozen=True, slots=True)
class RatedMask:
    """A mask, how it was found, and what it is worth.

    Attributes:
        found: The mask.
        sureness: How sure the detector was of its box, 0 to 1; 0 if a point found it.
        is_object: Whether the detector found it.
        is_zoomed: Whether it was answered in a crop.
        worth: In (0, 1); for comparison with others of the image only.
    """

    found: FoundMask
    sureness: float = 0.0
    is_object: bool = False
    is_zoomed: bool = False
    worth: float = 0.0


def describe(masks: Sequence[RatedMask], objects: FoundBoxes) -> NDArray[np.float64]:
    """Return what is known of each mask of an image, (n, ``KNOWN``).

    In this order: predicted IoU; stability; sureness; found by the detector; seen closer; IoU
    with the detector's boxes times their sureness, at its highest; how many others have nearly its
    box, of ten; ten's logarithm of its share of the image; its share of its box; at how many of
    the four edges of the image it ends, as a share; two's logarithm of the width and of the height
    of its box, as shares of the image's longer side.

    Args:
        masks: All masks of an image.
        objects: All boxes that the detector found in it.
    """
    if not masks:
        return np.zeros((0, KNOWN))
    boxes = np.array([mask.found.box_xyxy for mask in masks], dtype=np.float64)
    boxes += np.array([0, 0, 1, 1])  # A found mask's box ends with its last pixel.
    height, width = masks[0].found.size
    areas = np.array([mask.found.area for mask in masks], dtype=np.float64)
    sides = boxes[:, 2:] - boxes[:, :2]
    near = (_overlaps(boxes, boxes) > _NEARLY_EQUAL).sum(axis=1) - 1
    at_edge = (boxes <= 1)[:, :2].sum(axis=1) + (boxes >= [0, 0, width - 1, height - 1])[:, 2:].sum(
        axis=1
    )
    believed = _overlaps(boxes, objects.boxes_xyxy) * objects.sureness
    return np.column_stack(
        [
            [mask.found.predicted_iou for mask in masks],
            [mask.found.stability_score for mask in masks],
            [mask.sureness for mask in masks],
            [mask.is_object for mask in masks],
            [mask.is_zoomed for mask in masks],
            believed.max(axis=1, initial=0),
            near.clip(0, _MOST_NEAR) / _MOST_NEAR,
            np.log10(np.maximum(areas / (height * width), _LEAST_SHARE)),
            areas / sides.prod(axis=1),
            at_edge / _EDGES,
            np.log2(np.maximum(sides / max(height, width), _LEAST_SIDE)),
        ]
    )


def rate_masks(
    masks: Sequence[RatedMask], objects: FoundBoxes, rating: MaskRating
) -> list[RatedMask]:
    """Return the masks of an image, each with what it is worth.

    Args:
        masks: All masks of an image.
        objects: All boxes that the detector found in it.
        rating: As `fit_rating` taught it.
    """
    worth = rate(describe(masks, objects), rating)
    return [replace(mask, worth=float(value)) for mask, value in zip(masks, worth, strict=True)]


@torch.no_grad()
def rate(known: NDArray[np.float64], rating: MaskRating) -> NDArray[np.float64]:
    """Return what masks are worth, (n,), in (0, 1).

    Args:
        known: (n, ``KNOWN``), as :func:`describe` gives it.
        rating: As `fit_rating` taught it.
    """
    worth: NDArray[np.float64] = rating(torch.from_numpy(known).float()).sigmoid().double().numpy()
    return worth


def _overlaps(
    one_xyxy: NDArray[np.float64], others_xyxy: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the IoU of each box with each of others, (n, m)."""
    first = np.maximum(one_xyxy[:, None, :2], others_xyxy[None, :, :2])
    last = np.minimum(one_xyxy[:, None, 2:], others_xyxy[None, :, 2:])
    common = np.clip(last - first, 0, None).prod(axis=2)
    areas = [(boxes[:, 2:] - boxes[:, :2]).prod(axis=1) for boxes in (one_xyxy, others_xyxy)]
    overlaps: NDArray[np.float64] = common / (areas[0][:, None] + areas[1][None] - common)
    return overlaps
