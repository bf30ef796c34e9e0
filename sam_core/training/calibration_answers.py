"""What the quality head is calibrated on: answers to clicks, boxes and corrections."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from sam_core.data import MaskDataset
from sam_core.data.records import read_image
from sam_core.errors import DatasetError
from sam_core.masks.boxes import tight_boxes_xyxy
from sam_core.modeling import Sam
from sam_core.modeling.quality_head import MaskQualityHead
from sam_core.training.evaluator import skip, usable_masks
from sam_core.training.image_under_test import Answer, ImageUnderTest
from sam_core.training.simulated_clicks import (
    Click,
    Mask,
    first_click,
    intersection_over_union,
    next_click,
)

CORRECTIONS = 2
"""Clicks after the first whose answers are kept as well."""


class Answered(NamedTuple):
    """What the quality head saw of the masks of many prompts, and how good they were.

    The four masks of a prompt are the single one, then the candidates.
    """

    described: Tensor
    """(prompts, 4, inputs): what the layers of the head take."""
    facts: Tensor
    """(prompts, 4, facts): what the second look takes."""
    agreement: Tensor
    """(prompts, 4, 4): IoU of the masks with each other."""
    ious: Tensor
    """(prompts, 4): true IoU at image size."""
    is_click: Tensor
    """(prompts,): whether it was a lone click, whose candidates are shown."""
    image: Tensor
    """(prompts,): number of the image."""

    def of(self, chosen: Tensor) -> "Answered":
        """Return some of the prompts."""
        return Answered(*(part[chosen] for part in self))


@torch.no_grad()
def answer_everything(
    sam: Sam,
    head: MaskQualityHead,
    dataset: MaskDataset,
    masks_per_image: int,
    on_progress: Callable[[int, int], None] | None = None,
) -> Answered:
    """Return the answers to all kinds of prompt for each mask.

    They are a click on any pixel, a box, a click on the deepest pixel, and its corrections.

    Args:
        sam: Model in evaluation mode.
        head: Its quality head.
        dataset: Images with masks; what is broken is logged and left out.
        masks_per_image: Masks of an image that are asked for; of more, evenly spaced ones.
        on_progress: Called after each image with the images done and the images in all.

    Raises:
        DatasetError: If not one mask could be asked for.
    """
    truths: list[list[float]] = []
    kinds: list[bool] = []
    images: list[int] = []
    rng = np.random.default_rng(0)
    with _watched(head) as (described, looked):
        for index in range(len(dataset)):
            try:
                record = dataset[index]
                image = ImageUnderTest(sam, read_image(record))
            except DatasetError as error:
                skip(error)
                continue
            for truth in usable_masks(record, masks_per_image, []):
                for answer, is_click in _ask(image, truth, rng):
                    truths.append([_iou(image, logits, truth) for logits in answer.logits])
                    kinds.append(is_click)
                    images.append(index)
            if on_progress is not None:
                on_progress(index + 1, len(dataset))
    if not truths:
        raise DatasetError(
            f"data set must have a mask that can be clicked on, got none in {len(dataset)} "
            "images; repair the annotation file"
        )
    facts, agreement = (torch.stack(part) for part in zip(*looked, strict=True))
    return Answered(
        torch.stack(described),
        facts,
        agreement,
        torch.tensor(truths),
        torch.tensor(kinds),
        torch.tensor(images),
    )


@contextmanager
def _watched(head: MaskQualityHead) -> Iterator[tuple[list[Tensor], list[tuple[Tensor, Tensor]]]]:
    """Note what a head takes while the context lasts.

    Yields:
        The inputs of its layers, and facts and agreement for its second look, one per prompt.
    """
    described: list[Tensor] = []
    looked: list[tuple[Tensor, Tensor]] = []

    def note_facts(_: nn.Module, inputs: tuple[Any, ...]) -> None:
        looked.append((inputs[1][0], inputs[2][0]))

    watches = [
        head.layers.register_forward_pre_hook(lambda _, inputs: described.append(inputs[0][0])),
        head.second_look.register_forward_pre_hook(note_facts),
    ]
    try:
        yield described, looked
    finally:
        for watch in watches:
            watch.remove()


def any_click(truth: Mask, rng: np.random.Generator) -> Click:
    """Return a foreground click on any pixel of a mask, each as likely as the others."""
    rows, columns = np.nonzero(truth)
    pixel = int(rng.integers(len(rows)))
    return Click(int(rows[pixel]), int(columns[pixel]), is_foreground=True)


def _ask(
    image: ImageUnderTest, truth: Mask, rng: np.random.Generator
) -> Iterator[tuple[Answer, bool]]:
    """Yield the answer to each prompt for a mask, and whether the prompt was a lone click."""
    yield image.answer_clicks([any_click(truth, rng)], None), True
    yield image.answer_box(tight_boxes_xyxy(truth)), False
    clicks = [first_click(truth)]
    answer = image.answer_clicks(clicks, None)
    yield answer, True
    shown = answer.logits[1 + int(answer.predicted_ious[1:].argmax())]
    for _ in range(CORRECTIONS):
        click = next_click(image.to_mask(shown), truth)
        if click is None:
            return
        clicks.append(click)
        answer = image.answer_clicks(clicks, shown)
        yield answer, False
        shown = answer.logits[0]


def _iou(image: ImageUnderTest, logits: Tensor, truth: Mask) -> float:
    return intersection_over_union(image.to_mask(logits), truth)
