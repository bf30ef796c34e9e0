"""The annotator of an evaluation at many masks of an image at once: a processor is quicker so."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sam_core.training.image_under_test import ImageUnderTest
from sam_core.training.simulated_clicks import (
    Click,
    Mask,
    first_click,
    intersection_over_union,
    next_click,
)

MOST_TOGETHER = 16
"""Masks that go through the decoder at once: more cost memory and are not quicker."""


@dataclass
class ClickedMask:
    """What came of clicking one mask."""

    truth: Mask
    """(height, width) what it should show."""
    clicks: list[Click] = field(default_factory=list)
    """In the order in which they were made."""
    ious: list[float] = field(default_factory=list)
    """After each click: of the candidate ranked first, then of the single mask."""
    predicted_iou: float = 0.0
    """What the model said of that candidate."""
    shown: Mask | None = None
    """(height, width) what the model shows now."""

    def clicks_to(self, good_iou: float) -> int | None:
        """Return the clicks until the IoU was that good, or ``None`` if it never was."""
        good = (number for number, iou in enumerate(self.ious, start=1) if iou >= good_iou)
        return next(good, None)


@torch.no_grad()
def click_masks(
    image: ImageUnderTest,
    truths: Sequence[Mask],
    most_clicks: int,
    enough: float,
    offered: Tensor | None = None,
) -> list[ClickedMask]:
    """Return what clicks make of masks, in their order.

    The clicks are those that :func:`sam_core.training.evaluator.score_mask` makes one mask after
    the other: on the middle of the object, then on the deepest place of the largest error, each
    with the logits before it.

    Args:
        image: The encoded image.
        truths: (height, width) what the masks should show, none empty.
        most_clicks: After which a mask is given up.
        enough: IoU from which on a mask gets no further click; above 1 it gets all of them.
        offered: (n, mask_h, mask_w) logits that the clicks correct, one for each truth;
            ``None``: there are none, and the first click says what is meant.
    """
    masks = [ClickedMask(truth) for truth in truths]
    for start in range(0, len(masks), MOST_TOGETHER):
        part = slice(start, start + MOST_TOGETHER)
        _click(image, masks[part], most_clicks, enough, None if offered is None else offered[part])
    return masks


def clicks_needed(
    masks: Sequence[ClickedMask], good_iou: float, most_clicks: int
) -> NDArray[np.float64]:
    """Return the clicks of each mask; one that was never good counts one more than the most."""
    found = [one.clicks_to(good_iou) for one in masks]
    return np.array([most_clicks + 1 if one is None else one for one in found], dtype=np.float64)


def _click(
    image: ImageUnderTest,
    masks: list[ClickedMask],
    most_clicks: int,
    enough: float,
    logits: Tensor | None,
) -> None:
    if logits is None:
        for one in masks:
            one.clicks.append(first_click(one.truth))
    else:
        for one, own in zip(masks, logits, strict=True):
            one.shown = image.to_mask(own)
        masks, logits = _give_clicks(masks, logits, enough)
    for _ in range(most_clicks):
        if not masks:
            break
        answers = image.answer_together([one.clicks for one in masks], logits)
        tokens = torch.zeros(len(masks), dtype=torch.long, device=answers.logits.device)
        if logits is None:  # a first click is ambiguous: the best of the candidates is shown
            tokens = 1 + answers.predicted_ious[:, 1:].argmax(dim=1)
        number = torch.arange(len(masks), device=tokens.device)
        logits = answers.logits[number, tokens]
        said = answers.predicted_ious[number, tokens].tolist()
        for one, own, quality in zip(masks, logits, said, strict=True):
            one.shown = image.to_mask(own)
            one.predicted_iou = quality if not one.ious else one.predicted_iou
            one.ious.append(intersection_over_union(one.shown, one.truth))
        if len(masks[0].ious) < most_clicks:
            masks, logits = _give_clicks(masks, logits, enough)


def _give_clicks(
    masks: Sequence[ClickedMask], logits: Tensor, enough: float
) -> tuple[list[ClickedMask], Tensor]:
    """Click where masks are not good enough; return these with their logits."""
    kept = []
    for number, one in enumerate(masks):
        assert one.shown is not None, "a mask is shown before it is corrected"
        is_enough = bool(one.ious) and one.ious[-1] >= enough
        click = None if is_enough else next_click(one.shown, one.truth)
        if click is not None:
            one.clicks.append(click)
            kept.append(number)
    return [masks[number] for number in kept], logits[kept]
