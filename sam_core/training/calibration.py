"""Teach the quality head alone, on photographs that the run has not seen."""

import logging
from collections.abc import Callable
from pathlib import Path

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.data import MaskDataset
from sam_core.errors import DatasetError, TrainingConfigError
from sam_core.modeling import Sam
from sam_core.modeling.quality_head import MaskQualityHead
from sam_core.modeling.second_look import SecondLook, describe_candidates, known_of
from sam_core.training.calibration_answers import Answered, answer_everything
from sam_core.training.checkpoint_file import write_checkpoint
from sam_core.training.packing import load_model, read_training_checkpoint
from sam_core.training.schedules import warmup_stable_decay

logger = logging.getLogger(__name__)
MASKS_PER_IMAGE = 30
ANSWERS_PER_STEP = 256
PEAK_RATE = 1e-3
PEAK_RATE_CORRECTION = 2e-3
LEAST_SPREAD = 1e-2
WEIGHT_DECAY = 0.05
WARMUP_STEPS = 20
DECAY_SHARE = 0.6


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

    The layers of the head learn from every other image, its second look from those between.

    A run sees crops and merged objects, an annotator clicks on whole photographs, and on
    photographs that it has practised on a model is better than it will ever be again. So the
    last word of the head is learnt from whole photographs that the run has not seen. The masks
    do not change, which is why each is made only once.

    Args:
        checkpoint: ``checkpoint.pt`` of a run; its averaged weights are taken.
        dataset: Images with masks that the run has not seen.
        output: Folder for the new ``checkpoint.pt``; made if missing.
        image_size: Side of the model input in pixels, the one that will ship.
        steps: Optimiser steps of 256 prompts, for each part of the head.
        masks_per_image: Masks of an image that are asked for; of more, evenly spaced ones.
        on_progress: Called after each image with the images done and the images in all.

    Returns:
        The model, in evaluation mode.

    Raises:
        CheckpointError: If the checkpoint is missing, damaged or not of a training run.
        DatasetError: If not one mask could be asked for, or only those of one image.
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
    answered = answer_everything(sam, head, dataset, masks_per_image, on_progress)
    train_both(head, answered, steps)
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


def train_both(head: MaskQualityHead, answered: Answered, steps: int) -> None:
    """Train the layers of a head on every other image, its second look on those between.

    Args:
        head: Trained in place.
        answered: Prompts for at least two images.
        steps: Optimiser steps for each part.

    Raises:
        DatasetError: If one of the two would have no image.
    """
    # What an image taught the layers would seem surer to the second look than it is elsewhere.
    halves = answered.image % 2 == 0
    if bool(halves.all() | (~halves).all()):
        raise DatasetError(
            "data set must have masks in two images at least, one for each part of the head; "
            "give more images"
        )
    train_first_look(head.layers, answered.of(halves), steps)
    others = answered.of(~halves)
    with torch.no_grad():
        scores = head.layers(others.described).squeeze(-1)
    train_second_look(head.second_look, scores, others, steps)


def train_first_look(layers: nn.Module, answered: Answered, steps: int) -> None:
    """Train the layers of the head on the candidates of lone clicks, by the absolute error.

    In a run the error is squared; here it is the one that the evaluation reports.

    Args:
        layers: What turns a description into a score before the sigmoid; trained in place.
        answered: Prompts and how good their masks were.
        steps: Optimiser steps.
    """
    clicks = answered.of(answered.is_click)
    described, ious = clicks.described[:, 1:], clicks.ious[:, 1:]

    def error(chosen: Tensor) -> Tensor:
        predicted: Tensor = layers(described[chosen]).squeeze(-1).sigmoid()
        return (predicted - ious[chosen]).abs().mean()

    _train(layers, error, len(ious), steps, PEAK_RATE)


def train_second_look(
    second_look: SecondLook, scores: Tensor, answered: Answered, steps: int
) -> None:
    """Train what corrects the scores, from the beginning, by the absolute error.

    The candidates learn from lone clicks, the single mask from all prompts.

    Args:
        second_look: Trained in place.
        scores: (prompts, 4) log-odds that the layers of the head gave.
        answered: The same prompts and how good their masks were.
        steps: Optimiser steps for each of the two parts.
    """
    torch.manual_seed(0)
    second_look.load_state_dict(SecondLook().state_dict())
    known = known_of(scores, answered.facts)
    clicks = answered.is_click
    parts = (
        (second_look.single, known[:, 0], scores[:, :1], answered.ious[:, :1]),
        (
            second_look.candidates,
            describe_candidates(known, answered.agreement)[clicks],
            scores[clicks, 1:],
            answered.ious[clicks, 1:],
        ),
    )
    for layers, inputs, before, ious in parts:
        train_correction(layers, inputs, before, ious, steps)


def train_correction(
    layers: nn.Sequential,
    inputs: Float[Tensor, "prompts inputs"],
    scores: Float[Tensor, "prompts masks"],
    ious: Float[Tensor, "prompts masks"],
    steps: int,
) -> None:
    """Train new layers whose outputs are added to log-odds.

    Meanwhile their inputs have mean 0 and deviation 1, which the first layer takes in at the end.

    Args:
        layers: As they were made; trained in place.
        inputs: What they take.
        scores: Log-odds before the correction.
        ious: True IoU.
        steps: Optimiser steps.
    """
    first = layers[0]
    assert isinstance(first, nn.Linear)
    mean, spread = inputs.mean(dim=0), inputs.std(dim=0) + LEAST_SPREAD
    even = (inputs - mean) / spread

    def error(chosen: Tensor) -> Tensor:
        predicted: Tensor = (scores[chosen] + layers(even[chosen])).sigmoid()
        return (predicted - ious[chosen]).abs().mean()

    _train(layers, error, len(ious), steps, PEAK_RATE_CORRECTION)
    with torch.no_grad():
        first.weight.div_(spread)
        first.bias.sub_(first.weight @ mean)


def _train(
    layers: nn.Module, error_of: Callable[[Tensor], Tensor], count: int, steps: int, peak: float
) -> None:
    torch.manual_seed(0)
    layers.requires_grad_(True).train()
    optimizer = torch.optim.AdamW(layers.parameters(), lr=peak, weight_decay=WEIGHT_DECAY)
    for step in range(steps):
        factor = warmup_stable_decay(step, steps, WARMUP_STEPS, DECAY_SHARE)
        for group in optimizer.param_groups:
            group["lr"] = peak * factor
        error = error_of(torch.randint(count, (ANSWERS_PER_STEP,)))
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(error)
        optimizer.step()
        if (step + 1) % 50 == 0:
            logger.info("step %d/%d  error %.3f", step + 1, steps, float(error.detach()))
