"""Teach the quality head alone, on whole photographs at the resolution that ships."""

import logging
from collections.abc import Iterable
from pathlib import Path

import torch
from torch import nn

from sam_core.data import MaskDataset, SampleSettings, TrainingSample, TrainingSamples
from sam_core.data.loader import sample_loader
from sam_core.errors import TrainingConfigError
from sam_core.modeling import Sam
from sam_core.training.checkpoint_file import write_checkpoint
from sam_core.training.packing import load_model, read_training_checkpoint
from sam_core.training.schedules import warmup_stable_decay
from sam_core.training.train_step import interactive_loss

logger = logging.getLogger(__name__)
IMAGES_PER_STEP = 8
MASKS_PER_IMAGE = 8
ROUNDS = 2
PEAK_RATE = 1e-3
WARMUP_STEPS = 10
DECAY_SHARE = 0.6
LOG_EVERY = 10
FIRST_DRAW = 1_000_000_000
"""Far beyond the draws of any run, so that the views are new ones."""


def calibrate(  # noqa: PLR0913 - all but two are keywords
    checkpoint: Path,
    dataset: MaskDataset,
    *,
    output: Path,
    image_size: int,
    steps: int,
    workers: int = 1,
    device: str = "cpu",
) -> Sam:
    """Train the quality head of a finished run, leave every mask as it is, and save.

    A run sees small crops and merged objects, an annotator clicks on whole photographs: how
    often a candidate is right differs between the two, so the last word of the quality head
    is learnt where it will be asked. Masks do not change, because nothing else learns. On
    photographs that the run has learnt by heart a model is better than it will ever be again,
    so give this photographs that the run has not seen.

    Args:
        checkpoint: ``checkpoint.pt`` of a run; its averaged weights are taken.
        dataset: Images with masks.
        output: Folder for the new ``checkpoint.pt``; made if missing.
        image_size: Side of the model input in pixels, the one that will ship.
        steps: Optimiser steps of eight photographs with eight masks.
        workers: Processes that prepare data; 0 prepares it in this process.
        device: Where the model computes, a name that torch knows.

    Returns:
        The model, in evaluation mode.

    Raises:
        CheckpointError: If the checkpoint is missing, damaged or not of a training run.
        TrainingConfigError: If there are no steps to do.
    """
    if steps < 1:
        raise TrainingConfigError(f"steps must be 1 or more, got {steps}")
    state = read_training_checkpoint(checkpoint)
    sam = load_model(checkpoint, image_size=image_size).requires_grad_(False).to(device)
    head = sam.mask_decoder.iou_prediction_head.requires_grad_(True)
    settings = SampleSettings(
        image_size, MASKS_PER_IMAGE, scale_range=(1.0, 1.0), colour_jitter=0.0, merge_share=0.0
    )
    samples = TrainingSamples(dataset, settings, seed=state["step"])
    loader = sample_loader(samples, FIRST_DRAW, IMAGES_PER_STEP * steps, IMAGES_PER_STEP, workers)
    _train_head(sam, head, loader, steps)
    output.mkdir(parents=True, exist_ok=True)
    write_checkpoint(
        {
            "model_name": state["model_name"],
            "image_size": image_size,
            "step": state["step"],
            "average": sam.cpu().state_dict(),
        },
        output,
    )
    return sam.eval()


def _train_head(sam: Sam, head: nn.Module, loader: Iterable[TrainingSample], steps: int) -> None:
    optimizer = torch.optim.AdamW(head.parameters(), lr=PEAK_RATE, weight_decay=0.05)
    torch.manual_seed(steps)
    chosen: list[float] = []
    for step, batch in enumerate(loader):
        factor = warmup_stable_decay(step, steps, WARMUP_STEPS, DECAY_SHARE)
        for group in optimizer.param_groups:
            group["lr"] = PEAK_RATE * factor
        images, masks, centres = (part.to(sam.device) for part in batch)
        result = interactive_loss(sam, images, masks, centres, ROUNDS, 0.0)
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(result.loss)
        optimizer.step()
        chosen.append(result.log.get("iou_click", 0.0))
        if (step + 1) % LOG_EVERY == 0:
            mean = sum(chosen) / len(chosen)
            logger.info("step %d/%d  iou_click %.3f", step + 1, steps, mean)
            chosen.clear()
