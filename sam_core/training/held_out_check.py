"""Does a tuned decoder need fewer clicks on images that it has not learnt from?"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import torch

from sam_core.data.records import read_image
from sam_core.errors import DatasetError
from sam_core.masks.boxes import tight_boxes_xyxy
from sam_core.modeling import Sam
from sam_core.training.clicks_together import ClickedMask, click_masks
from sam_core.training.evaluator import evenly_spaced, skip, usable_masks
from sam_core.training.feature_cache import FeatureSource
from sam_core.training.image_under_test import ImageUnderTest
from sam_core.training.simulated_clicks import Mask, intersection_over_union
from sam_core.training.tuning_examples import TuningExample, features_of

Item = TypeVar("Item")
GOOD_IOU = 0.9
MOST_CLICKS = 10
"""With fewer, masks that need many clicks would say nothing about which weights are better."""
IOU_CLICKS = 6


class HeldOutScores(NamedTuple):
    """Means over the masks of the images kept apart."""

    clicks_to_90: float
    """Clicks until the IoU is 0.9; a mask that never gets there within ten counts eleven."""
    iou_1: float
    """IoU after one click, of the candidate that the model ranks first."""
    iou_last: float
    """IoU after six clicks, or after fewer that were enough."""
    iou_box: float
    """IoU of the answer to the box."""
    quality_error: float
    """Absolute error of the predicted IoU after one click."""


@torch.no_grad()
def check_held_out(
    sam: Sam,
    examples: Sequence[TuningExample],
    cache: FeatureSource,
    masks_per_image: int,
    should_stop: Callable[[], bool] | None = None,
) -> HeldOutScores | None:
    """Return how a model does on images, by the clicks of an evaluation.

    Args:
        sam: Model in evaluation mode, with the cache's encoder.
        examples: Images kept apart; what is broken is logged and left out.
        cache: Their features.
        masks_per_image: Masks of each image that are scored, evenly spaced.
        should_stop: Asked after each image; with true the answer is ``None``.

    Raises:
        DatasetError: If not one mask could be scored.
    """
    rows: list[tuple[float, ...]] = []
    for example in examples:
        if should_stop is not None and should_stop():
            return None
        record = example.record
        try:
            image = ImageUnderTest(sam, read_image(record), features_of(example, cache))
        except DatasetError as error:
            skip(error)
            continue
        truths = list(usable_masks(record, masks_per_image, []))
        if not truths:
            continue
        boxed = image.answer_boxes([tight_boxes_xyxy(truth) for truth in truths])
        for one, logits in zip(
            click_masks(image, truths, MOST_CLICKS, GOOD_IOU), boxed.logits, strict=True
        ):
            rows.append(mask_row(one, image.to_mask(logits[0])))
    if not rows:
        raise DatasetError(
            f"images kept apart must have a mask that can be scored, got {len(examples)} images "
            "without one"
        )
    return HeldOutScores(*np.mean(rows, axis=0).tolist())


def split_examples(examples: Sequence[Item], share: float) -> tuple[list[Item], list[Item]]:
    """Return the examples to learn from and those kept apart, evenly spaced; one at least.

    Raises:
        DatasetError: If there are not two images.
    """
    if len(examples) < 2:
        raise DatasetError(
            "tuning must have two images with masks or more, one to learn from and one to keep "
            f"apart, got {len(examples)}"
        )
    count = min(max(1, round(share * len(examples))), len(examples) - 1)
    apart = {round(k) for k in np.linspace(0, len(examples) - 1, count + 2)[1:-1]}
    learn = [example for number, example in enumerate(examples) if number not in apart]
    return learn, [examples[number] for number in sorted(apart)]


def choose(examples: Sequence[TuningExample], limit: int) -> list[TuningExample]:
    """Return at most so many examples, evenly spaced."""
    return [examples[index] for index in evenly_spaced(len(examples), limit)]


def mask_row(clicked: ClickedMask, boxed: Mask) -> tuple[float, ...]:
    """Return the values of :class:`HeldOutScores` for one mask.

    Args:
        clicked: What clicks made of it.
        boxed: (height, width) the answer to its box.
    """
    ious = clicked.ious
    clicks = clicked.clicks_to(GOOD_IOU)
    return (
        float(MOST_CLICKS + 1 if clicks is None else clicks),
        ious[0],
        ious[min(IOU_CLICKS, len(ious)) - 1],
        intersection_over_union(boxed, clicked.truth),
        abs(clicked.predicted_iou - ious[0]),
    )
