"""Does a tuned decoder need fewer clicks on images that it has not learnt from?"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import torch

from sam_core.data.records import read_image
from sam_core.errors import DatasetError
from sam_core.modeling import Sam
from sam_core.training.evaluation_report import MaskScore
from sam_core.training.evaluator import evenly_spaced, score_mask, skip, usable_masks
from sam_core.training.feature_cache import FeatureSource
from sam_core.training.image_under_test import ImageUnderTest
from sam_core.training.tuning_examples import TuningExample, features_of

Item = TypeVar("Item")
GOOD_IOU = 0.9
MOST_CLICKS = 6


class HeldOutScores(NamedTuple):
    """Means over the masks of the images kept apart."""

    clicks_to_90: float
    """Clicks until the IoU is 0.9; a mask that never gets there within six counts seven."""
    iou_1: float
    """IoU after one click, of the candidate that the model ranks first."""
    iou_last: float
    """IoU after six clicks."""
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
    scores: list[MaskScore] = []
    for example in examples:
        if should_stop is not None and should_stop():
            return None
        record = example.record
        try:
            image = ImageUnderTest(sam, read_image(record), features_of(example, cache))
        except DatasetError as error:
            skip(error)
            continue
        for mask in usable_masks(record, masks_per_image, []):
            scores.append(score_mask(image, mask, record, MOST_CLICKS))
    if not scores:
        raise DatasetError(
            f"images kept apart must have a mask that can be scored, got {len(examples)} images "
            "without one"
        )
    means = np.mean([mask_row(score) for score in scores], axis=0)
    return HeldOutScores(*means.tolist())


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


def mask_row(score: MaskScore) -> tuple[float, ...]:
    """Return the values of :class:`HeldOutScores` for one mask."""
    good = [iou >= GOOD_IOU for iou in score.click_ious]
    shown = int(np.argmax(score.predicted_ious))
    return (
        1.0 + good.index(True) if True in good else MOST_CLICKS + 1.0,
        score.click_ious[0],
        score.click_ious[-1],
        score.box_iou,
        abs(score.predicted_ious[shown] - score.candidate_ious[shown]),
    )
