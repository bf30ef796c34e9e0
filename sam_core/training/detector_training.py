"""Teach a model which objects are meant: a detector on kept features, beside the decoder."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sam_core.data.records import decode_mask
from sam_core.errors import DatasetError
from sam_core.losses import box_loss, centre_loss
from sam_core.masks.boxes import tight_boxes_xyxy
from sam_core.modeling import ImageFeatures, ObjectDetector, Sam
from sam_core.modeling.object_detector import CELL, Detections, detector_for
from sam_core.training.detection_targets import boxes_to_model, detection_targets
from sam_core.training.evaluator import skip
from sam_core.training.feature_cache import FeatureSource
from sam_core.training.mirrored_features import mirrored, mirrored_boxes
from sam_core.training.schedules import AveragedWeights, warmup_stable_decay
from sam_core.training.simulated_clicks import Mask
from sam_core.training.tuning_examples import TuningExample, features_of, stack_features

LEAST_SEEN = 0.3
"""Share of an object that must lie in a part of an image, or it is no object there."""

Lesson: TypeAlias = tuple[TuningExample, NDArray[np.float64]]
"""An image and the boxes of its objects, (n, 4) edges in model pixels."""


@dataclass(frozen=True)
class DetectorConfig:
    """Settings of the training of a detector."""

    steps: int = 900
    """Optimiser steps."""
    time_limit_s: float = 0.0
    """Seconds after which it ends, with the steps done; 0: all steps are done."""
    images_per_step: int = 8
    """Images of a step."""
    learning_rate: float = 2e-3
    """Peak of the learning rate."""
    weight_decay: float = 0.05
    """Decoupled weight decay."""
    warmup_steps: int = 20
    """Steps of linear warm-up."""
    decay_share: float = 0.6
    """Last share of the steps, over which the rate falls to zero."""
    ema: float = 0.98
    """Decay of the averaged weights, which are the result."""
    box_weight: float = 1.0
    """Weight of the boxes' loss beside that of the centres."""
    width: int = 64
    """Channels of the head."""
    levels: int = 1
    """Sizes of objects that are told apart."""
    mirror_share: float = 0.5
    """Share of the images that are shown with left and right exchanged."""
    precision: str = "float32"
    """``float32``, or ``bfloat16`` where the processor multiplies it natively."""
    seed: int = 0
    """Seed of the weights, of the order of the images, and of their mirroring."""


def train_detector(  # noqa: PLR0913 - what it learns from, how, and who watches
    sam: Sam,
    learn: Sequence[TuningExample],
    cache: FeatureSource,
    config: DetectorConfig,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
) -> bool:
    """Give a model a detector of the objects that people accepted.

    Args:
        sam: In evaluation mode; it has the detector afterwards, or as before if it was stopped.
        learn: Images whose masks are taken for all objects that are meant.
        cache: Features by this model's encoder.
        config: Settings.
        on_progress: Gets the steps done, and how many there are.
        should_stop: Asked after each step; true ends it.
        clock: Seconds that the limit is about.

    Returns:
        Whether it came to its end.

    Raises:
        DatasetError: If no image can be used.
    """
    lessons = _lessons(learn, cache)
    if not lessons:
        raise DatasetError(
            f"examples must have masks that can be used, got {len(learn)} images without one"
        )
    detector = _untrained(features_of(lessons[0][0], cache), config)
    average = AveragedWeights(detector, config.ema)
    for done in _steps(detector, lessons, cache, config, clock):
        average.update(detector, done)
        if should_stop():
            return False
        if on_progress is not None:
            on_progress(done + 1, config.steps)
    detector.load_state_dict(average.values)
    sam.object_detector = detector.eval().requires_grad_(False)
    return True


def _steps(
    detector: ObjectDetector,
    lessons: Sequence[Lesson],
    cache: FeatureSource,
    config: DetectorConfig,
    clock: Callable[[], float],
) -> Iterator[int]:
    """Yield how many steps of the schedule are over, after each step."""
    rng = np.random.default_rng(config.seed)
    optimizer = torch.optim.AdamW(
        detector.parameters(), config.learning_rate, (0.9, 0.98), weight_decay=config.weight_decay
    )
    began, planned = clock(), 0
    while planned < config.steps:
        rate = warmup_stable_decay(planned, config.steps, config.warmup_steps, config.decay_share)
        for group in optimizer.param_groups:
            group["lr"] = config.learning_rate * rate
        drawn = rng.choice(len(lessons), min(config.images_per_step, len(lessons)), replace=False)
        shown = [_show(lessons[number], cache, config, rng) for number in drawn]
        loss = _loss(detector, shown, config, cache.sam.image_size)
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(detector.parameters(), 1.0)
        optimizer.step()
        yield planned
        share = (clock() - began) / config.time_limit_s if config.time_limit_s else 0.0
        planned = max(planned + 1, int(config.steps * share))


def _lessons(examples: Sequence[TuningExample], cache: FeatureSource) -> list[Lesson]:
    lessons = []
    for example in examples:
        try:
            masks = masks_of(example)
            features_of(example, cache)  # Made here if they are missing, and read when needed.
        except DatasetError as error:
            skip(error)
            continue
        boxes = [tight_boxes_xyxy(mask) for mask in masks]
        placed = boxes_to_model(boxes, example.size, cache.sam.image_size)
        if len(placed):
            lessons.append((example, placed))
    return lessons


def masks_of(example: TuningExample) -> list[Mask]:
    """Return the masks of an image, (height, width) each, that have a pixel.

    Of a part of an image those of which enough lies in it, as much as is seen of them.

    Raises:
        DatasetError: If one of them is broken.
    """
    whole = [decode_mask(example.record, one) for one in example.record.segmentations]
    seen = [(example.cut(mask), mask) for mask in whole if mask.any()]
    return [part for part, mask in seen if part.sum() >= LEAST_SEEN * mask.sum()]


def _untrained(features: ImageFeatures, config: DetectorConfig) -> ObjectDetector:
    torch.manual_seed(config.seed)
    like = features.image_embeddings
    fine = tuple(level.shape[1] for level in features.high_res_features)
    return detector_for(like.shape[1], fine, config.width, config.levels).to(like.device)


def _show(
    lesson: Lesson, cache: FeatureSource, config: DetectorConfig, rng: np.random.Generator
) -> tuple[ImageFeatures, NDArray[np.float64]]:
    """Return the features of a lesson and its boxes, mirrored or not."""
    example, boxes = lesson
    features = features_of(example, cache)
    if rng.random() >= config.mirror_share:
        return features, boxes
    turned = mirrored(features, example.size, cache.sam.image_size)
    if turned is None:
        return features, boxes
    exchanged, width = turned
    return exchanged, mirrored_boxes(boxes, width)


def _loss(
    detector: ObjectDetector,
    shown: Sequence[tuple[ImageFeatures, NDArray[np.float64]]],
    config: DetectorConfig,
    image_size: int,
) -> Tensor:
    features = stack_features([one for one, _ in shown])
    like = features.image_embeddings
    targets = [detection_targets(boxes, image_size, detector.levels) for _, boxes in shown]
    heat, edges, weight = (torch.stack(parts).to(like) for parts in zip(*targets, strict=True))
    with torch.autocast(like.device.type, torch.bfloat16, enabled=config.precision == "bfloat16"):
        said: Detections = detector(features)
    is_inner = weight > 0
    found, true = (_to_boxes(side.movedim(2, -1)[is_inner].float()) for side in (said.edges, edges))
    boxes = (box_loss(found, true) * weight[is_inner]).sum() / weight.sum()
    return centre_loss(said.centres.float(), heat) + config.box_weight * boxes


def _to_boxes(edges: Tensor) -> Tensor:
    """Return distances (n, 4) as boxes around the place that they are counted from, in cells."""
    return edges * edges.new_tensor([-1.0, -1.0, 1.0, 1.0]) / CELL
