"""Ask the model for all masks of an image."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.annotation import CocoRle, MaskMeasures
from app.domain.prompts import LowResLogits
from app.domain.proposal import Proposal
from app.services.served_model import ServedModel
from sam_core.amg.box_masks import masks_of_boxes
from sam_core.amg.finder_file import shipped_finder_id, shipped_object_finder
from sam_core.amg.found_mask import FoundMask
from sam_core.amg.image_logits import with_image_logits
from sam_core.amg.nesting import find_parents
from sam_core.amg.object_masks import find_objects
from sam_core.automatic_mask_generator import SamAutomaticMaskGenerator
from sam_core.masks.rle import Rle, rle_bbox
from sam_core.masks.run_lengths import compress_runs

POINTS_PER_SIDE = 16
MOST_PROPOSALS = 300
LEAST_IOU = 0.2
"""Weaker proposals are never worth a look; how much weaker than that is chosen on the page."""
NEARLY_EQUAL_BOXES = 0.8
"""IoU of boxes above which one of two proposals goes. On photographs kept apart 0.8 found more than
0.7, and 0.9 no more than that."""
LEAST_WORTH = 0.04
"""What a proposal on the page must be worth: photographs kept apart had about 440 outlines each
without it, and have 40 with it."""

_LARGEST_HALF = 65504.0


@dataclass(frozen=True, slots=True)
class SearchWish:
    """How thoroughly masks are looked for.

    Attributes:
        points_per_side: Of the grid that the model is asked about, if it has no detector.
        most_masks: At most this many are kept, those that are worth most.
        least_iou: Masks of a lower predicted IoU are left out.
        least_worth: Masks that are worth less are left out, if the detector that ships was asked.
    """

    points_per_side: int
    most_masks: int
    least_iou: float
    least_worth: float = 0.0


PAGE_WISH = SearchWish(POINTS_PER_SIDE, MOST_PROPOSALS, LEAST_IOU, LEAST_WORTH)


def search(
    model: ServedModel,
    pixels: NDArray[np.uint8],
    on_progress: Callable[[float], None],
    wish: SearchWish = PAGE_WISH,
) -> tuple[Proposal, ...]:
    """Return the masks that the model finds by itself, those first that are worth most.

    A model that has learnt which objects are meant is asked for these, any other by a grid of
    points and, if the detector that ships reads its features, for what people usually draw. The
    filters are wide, so that a person can move them without a new search.

    Args:
        model: Finds them.
        pixels: (height, width, 3) upright RGB.
        on_progress: Gets the share that is done; an exception from it ends the search.
        wish: How thoroughly; the page's own without it.
    """
    if model.sam.object_detector is not None:
        objects = find_objects(model.sam, pixels, on_progress, wish.most_masks)
        return _numbered(one for one in objects if one.predicted_iou > wish.least_iou)
    generator = SamAutomaticMaskGenerator(
        model.sam,
        points_per_side=wish.points_per_side,
        pred_iou_thresh=wish.least_iou,
        stability_score_thresh=0.0,
        box_nms_thresh=NEARLY_EQUAL_BOXES,
        most_masks=wish.most_masks,
        ask_again=True,
        finder=shipped_object_finder(model.encoder_id),
        least_worth=wish.least_worth,
    )
    size = model.sam.image_size
    return _numbered(
        with_image_logits(mask, size) for mask in generator.find_masks(pixels, on_progress)
    )


def finder_id(model: ServedModel) -> str:
    """Return what names the detector that :func:`search` asks beside the model's own weights.

    Args:
        model: Searches.

    Returns:
        Hex digits, or nothing if points alone are asked, or a detector that belongs to the model.
    """
    if model.sam.object_detector is not None or shipped_object_finder(model.encoder_id) is None:
        return ""
    return shipped_finder_id()


def search_boxes(
    model: ServedModel,
    pixels: NDArray[np.uint8],
    on_progress: Callable[[float], None],
    boxes_xyxy: Sequence[tuple[float, float, float, float]],
) -> tuple[Proposal, ...]:
    """Return the masks of boxes that a detector found, best predicted IoU first.

    A box that gives no mask gives no proposal.

    Args:
        model: Finds them.
        pixels: (height, width, 3) upright RGB.
        on_progress: Gets the share that is done; an exception from it ends the work.
        boxes_xyxy: Left, top, right, bottom in pixels of the image.
    """
    boxes = np.array(boxes_xyxy, dtype=np.float64).reshape(-1, 4)
    found = masks_of_boxes(model.sam, pixels, boxes, on_progress)
    return _numbered(sorted(found, key=lambda mask: -mask.predicted_iou))


def _numbered(masks: Iterable[FoundMask]) -> tuple[Proposal, ...]:
    found = [mask for mask in masks if mask.area > 0]
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
