"""Which mask is a part of which: a whole, its parts, their parts."""

from collections.abc import Sequence

import numpy as np
from pycocotools import mask as coco_mask

from sam_core.masks.rle import Rle, rle_area

LEAST_SHARE = 0.9
"""Of a part's pixels, how many must lie in the whole."""


def find_parents(masks: Sequence[Rle], least_share: float = LEAST_SHARE) -> list[int | None]:
    """Return, for each mask, the index of the smallest larger mask that it is a part of.

    ``None`` marks the masks that are part of nothing. Following the parents never ends
    where it began, because they grow.

    Args:
        masks: At one image size.
        least_share: Of a part's pixels, how many must lie in the whole.
    """
    if not masks:
        return []
    codes = [{"size": mask["size"], "counts": mask["counts"].encode()} for mask in masks]
    # pycocotools measures 255 masks at most in one call.
    areas = np.array([rle_area(mask) for mask in masks])
    # For "crowds" pycocotools divides the common pixels by those of the first mask alone.
    shares = np.asarray(coco_mask.iou(codes, codes, [1] * len(codes)))
    parents: list[int | None] = []
    for index, area in enumerate(areas):
        holders = np.flatnonzero((shares[index] >= least_share) & (areas > area))
        smallest = holders[areas[holders].argmin()] if holders.size else None
        parents.append(None if smallest is None else int(smallest))
    return parents
