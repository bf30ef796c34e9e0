"""Ask the model for all masks of an image."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.domain.annotation import CocoRle, MaskMeasures
from app.domain.prompts import LowResLogits
from app.domain.proposal import Proposal
from app.services.served_model import ServedModel
from sam_core.amg.found_mask import FoundMask
from sam_core.amg.nesting import find_parents
from sam_core.automatic_mask_generator import SamAutomaticMaskGenerator
from sam_core.masks.rle import Rle, rle_bbox
from sam_core.masks.run_lengths import compress_runs

POINTS_PER_SIDE = 16
MOST_PROPOSALS = 300
LEAST_IOU = 0.2
"""Weaker proposals are never worth a look; how much weaker than that is chosen on the page."""

_LARGEST_HALF = 65504.0


def search(
    model: ServedModel, pixels: NDArray[np.uint8], on_progress: Callable[[float], None]
) -> tuple[Proposal, ...]:
    """Return the masks that the model finds by itself, best predicted IoU first.

    The filters are wide, so that a person can move them without a new search.

    Args:
        model: Finds them.
        pixels: (height, width, 3) upright RGB.
        on_progress: Gets the share that is done; an exception from it ends the search.
    """
    generator = SamAutomaticMaskGenerator(
        model.sam,
        points_per_side=POINTS_PER_SIDE,
        pred_iou_thresh=LEAST_IOU,
        stability_score_thresh=0.0,
        most_masks=MOST_PROPOSALS,
    )
    found = [mask for mask in generator.find_masks(pixels, on_progress) if mask.area > 0]
    codes = [compress_runs(mask.runs, mask.size) for mask in found]
    parents = find_parents(codes)
    return tuple(
        _to_proposal(index + 1, mask, code, parent)
        for index, (mask, code, parent) in enumerate(zip(found, codes, parents, strict=True))
    )


def _to_proposal(number: int, mask: FoundMask, code: Rle, parent: int | None) -> Proposal:
    assert mask.logits is not None, "the fast method gives the logits of every mask"
    logits = np.clip(mask.logits, -_LARGEST_HALF, _LARGEST_HALF).astype("<f2")
    height, width = code["size"]
    rows, columns = logits.shape
    left, top, box_width, box_height = rle_bbox(code)
    return Proposal(
        number=number,
        mask=CocoRle(height, width, code["counts"]),
        measures=MaskMeasures(mask.area, (left, top, box_width, box_height)),
        predicted_iou=round(mask.predicted_iou, 4),
        stability_score=round(mask.stability_score, 4),
        point_xy=mask.point_xy,
        parent=None if parent is None else parent + 1,
        low_res_logits=LowResLogits(rows, columns, logits.tobytes()),
    )
