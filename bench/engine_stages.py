"""What a mask costs when the model offers masks first: stages 1 and 2 against stage 1 alone.

A simulated annotator knows all true masks of an image. In stage 1 it clicks each of them until
it is good, and accepts it. In stage 2 the model, which has learnt from stage 1, fills in the masks
that it is sure of: the annotator rejects the wrong ones, one key each, and takes the others
with one key; a taken one that is only nearly good is opened, clicked and accepted; what was not
offered is clicked as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from app.services.proposal_search import (
    LEAST_IOU,
    LEAST_WORTH,
    MOST_PROPOSALS,
    NEARLY_EQUAL_BOXES,
    POINTS_PER_SIDE,
)
from sam_core import SamAutomaticMaskGenerator
from sam_core.amg.finder_file import shipped_object_finder
from sam_core.amg.found_mask import FoundMask
from sam_core.amg.image_logits import with_image_logits
from sam_core.amg.object_masks import find_objects
from sam_core.checkpoints import encoder_id
from sam_core.data.records import read_image
from sam_core.modeling import Sam
from sam_core.training.clicks_together import click_masks, clicks_needed
from sam_core.training.evaluator import usable_masks
from sam_core.training.image_under_test import ImageUnderTest
from sam_core.training.simulated_clicks import Mask, intersection_over_union
from sam_core.training.tuning_examples import TuningExample

GOOD_IOU = 0.9
NEARLY_GOOD_IOU = 0.75
MOST_CLICKS = 20
REJECT = TAKE_ALL = OPEN = 1
"""Keys: for a wrong offer, for all that are left of an image, for one to be corrected."""


@dataclass(frozen=True)
class Offer:
    """A mask that the model offers, and what it is worth to the annotator.

    Attributes:
        score: Predicted IoU times stability.
        truth: The true mask that it comes closest to, or -1.
        iou: With that one.
        logits: To correct it from.
    """

    score: float
    truth: int
    iou: float
    logits: NDArray[np.float16]


@dataclass(frozen=True)
class Seen:
    """An image with its true masks and what the model offers, best score first."""

    image: ImageUnderTest
    truths: list[Mask]
    offers: list[Offer]


@dataclass
class Cost:
    """Keys and clicks that were spent, and masks that became good."""

    interactions: float = 0.0
    accepted: int = 0

    @property
    def per_mask(self) -> float:
        """Interactions for each mask that became good."""
        return self.interactions / max(self.accepted, 1)


def look(sam: Sam, example: TuningExample, masks_per_image: int) -> Seen:
    """Return what the model offers in an image."""
    pixels = read_image(example.record)
    truths = list(usable_masks(example.record, masks_per_image, []))
    found = _search(sam, pixels)
    offers = [_judge(mask, truths) for mask in found]
    offers.sort(key=lambda offer: -offer.score)
    return Seen(ImageUnderTest(sam, pixels), truths, offers)


def choose_threshold(seen: Sequence[Seen], clicks: float) -> float:
    """Return the score from which on offers save the most, on images that are annotated already.

    Args:
        seen: These images.
        clicks: What a mask costs that is clicked.
    """
    gains = []
    for one in seen:
        done: set[int] = set()
        for offer in one.offers:
            is_new = offer.truth not in done and offer.iou >= NEARLY_GOOD_IOU
            done |= {offer.truth} if is_new else set()
            # Without the offer the mask would be clicked, and accepted by one key. One that is
            # nearly good is taken to save as much as it costs.
            worth = clicks + 1 if offer.iou >= GOOD_IOU else 0.0
            gains.append((offer.score, worth if is_new else -1.0))
    gains.sort(reverse=True)
    saved = np.cumsum([gain for _, gain in gains])
    if not len(saved) or saved.max() <= 0:
        return np.inf
    return gains[int(saved.argmax())][0]


def cost_of_clicks(counts: NDArray[np.float64]) -> Cost:
    """Return what masks cost that are clicked one by one.

    Args:
        counts: Clicks of each; one more than the most for those that never became good.
    """
    good = counts <= MOST_CLICKS
    return Cost(float(np.minimum(counts, MOST_CLICKS).sum() + good.sum()), int(good.sum()))


def cost_with_offers(seen: Seen, counts: NDArray[np.float64], threshold: float) -> tuple[Cost, int]:
    """Return what the masks of an image cost when offers come first, and how many were shown.

    Args:
        seen: The image.
        counts: Clicks of each of its masks, if it is clicked.
        threshold: Offers of a lower score are not shown.
    """
    cost, kept = Cost(), dict[int, Offer]()
    shown = [offer for offer in seen.offers if offer.score >= threshold]
    for offer in shown:
        if offer.truth in kept or offer.iou < NEARLY_GOOD_IOU:
            cost.interactions += REJECT
        else:
            kept[offer.truth] = offer
    cost.interactions += TAKE_ALL if kept else 0
    cost.accepted += sum(offer.iou >= GOOD_IOU for offer in kept.values())
    to_correct = [offer for offer in kept.values() if offer.iou < GOOD_IOU]
    corrections = cost_of_clicks(_clicks_to_correct(seen, to_correct))
    rest = cost_of_clicks(np.array([counts[n] for n in range(len(seen.truths)) if n not in kept]))
    cost.interactions += OPEN * len(to_correct) + corrections.interactions + rest.interactions
    cost.accepted += corrections.accepted + rest.accepted
    return cost, len(shown)


def measure_engine(
    tuned: Sam,
    learnt: Sequence[TuningExample],
    tested: Sequence[TuningExample],
    clicks: tuple[NDArray[np.float64], NDArray[np.float64]],
    masks_per_image: int,
) -> dict[str, Any]:
    """Return interactions per mask with offers, relative to clicks alone.

    Args:
        tuned: The model after stage 1.
        learnt: Images of stage 1; the threshold of the offers is chosen on them.
        tested: Other images.
        clicks: Of each mask of these, in order: by the model before stage 1, and after it.
        masks_per_image: Of each of these, as they were clicked.
    """
    before, after = clicks
    mean = float(np.minimum(after, MOST_CLICKS).mean())
    threshold = choose_threshold([look(tuned, one, 10_000) for one in learnt], mean)
    second, offered, at = Cost(), 0, 0
    for example in tested:
        seen = look(tuned, example, masks_per_image)
        own = after[at : at + len(seen.truths)]
        at += len(seen.truths)
        cost, shown = cost_with_offers(seen, own, threshold)
        second.interactions += cost.interactions
        second.accepted += cost.accepted
        offered += shown
    first, clicked = cost_of_clicks(before), cost_of_clicks(after)
    return {
        "engine_seconds_per_mask": round(second.per_mask / first.per_mask, 3),
        "interactions_stage1": round(first.per_mask, 2),
        "interactions_stage1_tuned": round(clicked.per_mask, 2),
        "interactions_stage2": round(second.per_mask, 2),
        "accepted_stage1": first.accepted,
        "accepted_stage2": second.accepted,
        "offers_shown": offered,
        "offer_threshold": None if threshold == np.inf else round(threshold, 3),
    }


def _search(sam: Sam, pixels: NDArray[np.uint8]) -> list[FoundMask]:
    """Return what the product proposes in an image."""
    if sam.object_detector is not None:
        found = find_objects(sam, pixels)
    else:
        generator = SamAutomaticMaskGenerator(
            sam,
            points_per_side=POINTS_PER_SIDE,
            pred_iou_thresh=LEAST_IOU,
            stability_score_thresh=0.0,
            box_nms_thresh=NEARLY_EQUAL_BOXES,
            most_masks=MOST_PROPOSALS,
            ask_again=True,
            finder=shipped_object_finder(encoder_id(sam)),
            least_worth=LEAST_WORTH,
        )
        # Corrections go on from logits of the whole image.
        masks = generator.find_masks(pixels)
        found = [with_image_logits(mask, sam.image_size) for mask in masks]
    return [mask for mask in found if mask.area > 0]


def _judge(mask: FoundMask, truths: Sequence[Mask]) -> Offer:
    assert mask.logits is not None, "the fast method gives the logits of every mask"
    ious = [intersection_over_union(mask.pixels, truth) for truth in truths]
    best = int(np.argmax(ious)) if ious else -1
    score = mask.predicted_iou * mask.stability_score
    return Offer(score, best, ious[best] if ious else 0.0, mask.logits)


def _clicks_to_correct(seen: Seen, offers: Sequence[Offer]) -> NDArray[np.float64]:
    """Return the clicks that make each offered mask good, or one more than the most."""
    if not offers:
        return np.zeros(0)
    logits = torch.from_numpy(np.stack([offer.logits for offer in offers]).astype(np.float32))
    truths = [seen.truths[offer.truth] for offer in offers]
    clicked = click_masks(seen.image, truths, MOST_CLICKS, GOOD_IOU, logits)
    return clicks_needed(clicked, GOOD_IOU, MOST_CLICKS)
