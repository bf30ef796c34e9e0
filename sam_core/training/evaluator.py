"""Score a model as the literature does: simulated clicks and boxes on held-out images."""

import logging
from collections.abc import Callable, Iterator

import numpy as np
import torch

from sam_core.data.records import ImageRecord, MaskDataset, decode_mask, read_image
from sam_core.errors import DatasetError
from sam_core.masks.boxes import tight_boxes_xyxy
from sam_core.modeling import Sam
from sam_core.training.evaluation_report import (
    EvaluationReport,
    MaskScore,
    build_report,
)
from sam_core.training.image_under_test import ImageUnderTest
from sam_core.training.simulated_clicks import (
    Mask,
    first_click,
    intersection_over_union,
    next_click,
)

DEFAULT_CLICKS = 5
DEFAULT_MASKS_PER_IMAGE = 20

logger = logging.getLogger(__name__)


@torch.no_grad()
def evaluate(
    sam: Sam,
    dataset: MaskDataset,
    max_clicks: int = DEFAULT_CLICKS,
    masks_per_image: int = DEFAULT_MASKS_PER_IMAGE,
    limit: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> EvaluationReport:
    """Return the scores of a model on a data set.

    The first click lies on the pixel that is deepest inside the object, each later one on
    the deepest pixel of the largest error component, and the logits are fed back. One click
    is answered by the candidate that the model ranks first, more by the single-mask token.
    The masks are compared at image size.

    An image or annotation that cannot be read is logged, counted in the report and left out.

    Raises:
        DatasetError: If not one mask could be scored.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, section 7.1 and appendix D.1.

    Args:
        sam: Model in evaluation mode.
        dataset: Images with masks.
        max_clicks: Clicks per mask. The number of clicks to an IoU needs 20.
        masks_per_image: Masks of an image that are scored; of more, evenly spaced ones.
        limit: Images that are scored, evenly spaced; ``None`` for all.
        on_progress: Called after each image with the images done and the images in all.
    """
    scores: list[MaskScore] = []
    skipped: list[str] = []
    chosen = evenly_spaced(len(dataset), limit)
    for done, index in enumerate(chosen, start=1):
        try:
            record = dataset[index]
            image = ImageUnderTest(sam, read_image(record))
        except DatasetError as error:
            skipped.append(skip(error))
        else:
            for mask in usable_masks(record, masks_per_image, skipped):
                scores.append(score_mask(image, mask, record, max_clicks))
        if on_progress is not None:
            on_progress(done, len(chosen))
    if not scores:
        raise DatasetError(
            f"data set must have a mask that can be scored, got {len(chosen)} images and "
            f"{len(skipped)} problems with them; repair the annotation file"
        )
    return build_report(scores, skipped, dataset.skipped, sam.image_size)


def score_mask(
    image: ImageUnderTest, truth: Mask, record: ImageRecord, max_clicks: int
) -> MaskScore:
    """Return the scores of one mask: a box, then clicks one after the other.

    Args:
        image: The encoded image.
        truth: (height, width) true mask at image size, not empty.
        record: Where the image comes from.
        max_clicks: Clicks that are made.
    """
    boxed = image.answer_box(tight_boxes_xyxy(truth))
    clicks = [first_click(truth)]
    answer = image.answer_clicks(clicks, None)
    masks = [image.to_mask(logits) for logits in answer.logits]
    ious = [intersection_over_union(mask, truth) for mask in masks]
    predicted = [float(value) for value in answer.predicted_ious]
    shown = 1 + int(np.argmax(predicted[1:]))
    mask, previous = masks[shown], answer.logits[shown]
    click_ious = [ious[shown]]
    predicted_later: list[float] = []
    obeyed: list[tuple[int, bool]] = []
    while len(click_ious) < max_clicks:
        click = next_click(mask, truth)
        if click is None:  # nothing is left to correct
            click_ious.append(1.0)
            continue
        clicks.append(click)
        later = image.answer_clicks(clicks, previous)
        previous = later.logits[0]
        predicted_later.append(float(later.predicted_ious[0]))
        mask = image.to_mask(previous)
        click_ious.append(intersection_over_union(mask, truth))
        if not click.is_foreground:
            obeyed.append((len(clicks), not mask[click.row, click.column]))
    return MaskScore(
        source=record.source,
        image_id=record.image_id,
        click_ious=tuple(click_ious),
        box_iou=intersection_over_union(image.to_mask(boxed.logits[0]), truth),
        single_iou=ious[0],
        candidate_ious=tuple(ious[1:]),
        predicted_ious=tuple(predicted[1:]),
        background_obeyed=tuple(obeyed),
        predicted_box_iou=float(boxed.predicted_ious[0]),
        predicted_click_ious=tuple(predicted_later),
    )


def usable_masks(record: ImageRecord, masks_per_image: int, skipped: list[str]) -> Iterator[Mask]:
    """Yield evenly spaced masks of an image, and report those that cannot be used.

    Args:
        record: The image.
        masks_per_image: Masks that are wanted at most.
        skipped: Gets one line per mask that is broken or empty.

    Yields:
        (height, width) masks at image size with at least one pixel.
    """
    for index in evenly_spaced(len(record.segmentations), masks_per_image):
        try:
            mask = decode_mask(record, record.segmentations[index])
        except DatasetError as error:
            skipped.append(skip(error, name_of_mask(record, index)))
            continue
        if mask.any():
            yield mask
        else:
            empty = DatasetError("mask must have at least one pixel, got none")
            skipped.append(skip(empty, name_of_mask(record, index)))


def name_of_mask(record: ImageRecord, index: int) -> str:
    """Return how a person finds a mask: by its annotation's id, or by its place."""
    known = record.annotation_ids[index] if record.annotation_ids else None
    name = f"mask {index + 1}" if known is None else f"annotation {known}"
    return f"{name} of image {record.image_id} ({record.path})"


def skip(error: DatasetError, name: str = "") -> str:
    """Log what cannot be scored and why, and return the line for the report."""
    line = f"{name}: {error}" if name else str(error)
    logger.warning("left out: %s", line)
    return line


def evenly_spaced(count: int, limit: int | None) -> list[int]:
    """Return at most ``limit`` indices below ``count``, first and last among them.

    Example:
        >>> evenly_spaced(9, 3), evenly_spaced(2, 3), evenly_spaced(2, None)
        ([0, 4, 8], [0, 1], [0, 1])
    """
    wanted = count if limit is None else min(count, limit)
    return [int(index) for index in np.linspace(0, count - 1, wanted).round()]
