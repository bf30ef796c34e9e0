"""Teach the quality head alone, on photographs that the run has not seen."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.data import MaskDataset
from sam_core.data.records import read_image
from sam_core.errors import DatasetError, TrainingConfigError
from sam_core.modeling import Sam
from sam_core.modeling.quality_head import MaskQualityHead
from sam_core.training.checkpoint_file import write_checkpoint
from sam_core.training.evaluator import skip, usable_masks
from sam_core.training.image_under_test import ImageUnderTest
from sam_core.training.packing import load_model, read_training_checkpoint
from sam_core.training.schedules import warmup_stable_decay
from sam_core.training.simulated_clicks import (
    Click,
    Mask,
    first_click,
    intersection_over_union,
)

logger = logging.getLogger(__name__)
MASKS_PER_IMAGE = 30
ANSWERS_PER_STEP = 256
PEAK_RATE = 1e-3
WEIGHT_DECAY = 0.05
WARMUP_STEPS = 20
DECAY_SHARE = 0.6


class Answered(NamedTuple):
    """What the quality head saw of the candidates of many clicks, and how good they were."""

    described: Tensor
    """(clicks, 3, inputs): what the layers of the head take."""
    ious: Tensor
    """(clicks, 3): true IoU at image size."""


def calibrate(  # noqa: PLR0913 - what is taught, on what, how, and who watches
    checkpoint: Path,
    dataset: MaskDataset,
    *,
    output: Path,
    image_size: int,
    steps: int,
    masks_per_image: int = MASKS_PER_IMAGE,
    on_progress: Callable[[int, int], None] | None = None,
) -> Sam:
    """Train the quality head of a finished run, leave every mask as it is, and save.

    A run sees crops and merged objects, an annotator clicks on whole photographs, and on
    photographs that it has practised on a model is better than it will ever be again. So the
    last word of the head is learnt from whole photographs that the run has not seen. The masks
    do not change, which is why each is made only once.

    Args:
        checkpoint: ``checkpoint.pt`` of a run; its averaged weights are taken.
        dataset: Images with masks that the run has not seen.
        output: Folder for the new ``checkpoint.pt``; made if missing.
        image_size: Side of the model input in pixels, the one that will ship.
        steps: Optimiser steps of 256 clicks.
        masks_per_image: Masks of an image that are clicked on; of more, evenly spaced ones.
        on_progress: Called after each image with the images done and the images in all.

    Returns:
        The model, in evaluation mode.

    Raises:
        CheckpointError: If the checkpoint is missing, damaged or not of a training run.
        DatasetError: If not one mask could be clicked on.
        TrainingConfigError: If there are no steps to do, or the model has no such head.
    """
    if steps < 1:
        raise TrainingConfigError(f"steps must be 1 or more, got {steps}")
    state = read_training_checkpoint(checkpoint)
    sam = load_model(checkpoint, image_size=image_size)
    head = sam.mask_decoder.iou_prediction_head
    if not isinstance(head, MaskQualityHead):
        raise TrainingConfigError(
            f"model must have a quality head that looks at the masks, got {state['model_name']}"
        )
    answered = click_on_everything(sam, head, dataset, masks_per_image, on_progress)
    train_head(head.layers, answered, steps)
    output.mkdir(parents=True, exist_ok=True)
    write_checkpoint(
        {
            "model_name": state["model_name"],
            "image_size": image_size,
            "step": state["step"],
            "average": sam.state_dict(),
        },
        output,
    )
    return sam.eval()


@torch.no_grad()
def click_on_everything(
    sam: Sam,
    head: MaskQualityHead,
    dataset: MaskDataset,
    masks_per_image: int = MASKS_PER_IMAGE,
    on_progress: Callable[[int, int], None] | None = None,
) -> Answered:
    """Return the answers to two clicks on each mask: its deepest pixel and any other.

    Args:
        sam: Model in evaluation mode.
        head: Its quality head.
        dataset: Images with masks; what is broken is logged and left out.
        masks_per_image: Masks of an image that are clicked on; of more, evenly spaced ones.
        on_progress: Called after each image with the images done and the images in all.

    Raises:
        DatasetError: If not one mask could be clicked on.
    """
    seen: list[Tensor] = []
    ious: list[list[float]] = []
    rng = np.random.default_rng(0)
    watch = head.layers.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0][0, 1:]))
    for index in range(len(dataset)):
        try:
            record = dataset[index]
            image = ImageUnderTest(sam, read_image(record))
        except DatasetError as error:
            skip(error)
            continue
        for truth in usable_masks(record, masks_per_image, []):
            for click in (first_click(truth), any_click(truth, rng)):
                candidates = image.answer_clicks([click], None).logits[1:]
                ious.append(
                    [intersection_over_union(image.to_mask(mask), truth) for mask in candidates]
                )
        if on_progress is not None:
            on_progress(index + 1, len(dataset))
    watch.remove()
    if not ious:
        raise DatasetError(
            f"data set must have a mask that can be clicked on, got none in {len(dataset)} "
            "images; repair the annotation file"
        )
    return Answered(torch.stack(seen), torch.tensor(ious))


def any_click(truth: Mask, rng: np.random.Generator) -> Click:
    """Return a foreground click on any pixel of a mask, each as likely as the others."""
    rows, columns = np.nonzero(truth)
    pixel = int(rng.integers(len(rows)))
    return Click(int(rows[pixel]), int(columns[pixel]), is_foreground=True)


def train_head(layers: nn.Module, answered: Answered, steps: int) -> None:
    """Train the layers of the head on what was clicked on, by the absolute error.

    In a run the error is squared; here it is the one that the evaluation reports.

    Args:
        layers: What turns a description into a score before the sigmoid; trained in place.
        answered: Clicks and how good their candidates were.
        steps: Optimiser steps.
    """
    torch.manual_seed(0)
    layers.requires_grad_(True).train()
    optimizer = torch.optim.AdamW(layers.parameters(), lr=PEAK_RATE, weight_decay=WEIGHT_DECAY)
    for step in range(steps):
        factor = warmup_stable_decay(step, steps, WARMUP_STEPS, DECAY_SHARE)
        for group in optimizer.param_groups:
            group["lr"] = PEAK_RATE * factor
        chosen = torch.randint(len(answered.ious), (ANSWERS_PER_STEP,))
        predicted: Float[Tensor, "clicks 3"] = layers(answered.described[chosen]).squeeze(-1)
        error = (predicted.sigmoid() - answered.ious[chosen]).abs().mean()
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(error)
        optimizer.step()
        if (step + 1) % 50 == 0:
            logger.info("step %d/%d  error %.3f", step + 1, steps, float(error.detach()))
