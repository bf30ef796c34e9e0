"""How many clicks a domain costs before and after the decoder has learnt from 50 of its images.

A simulated annotator clicks every mask of some images until it is good; the decoder is tuned
on these masks and clicks as a person's would be; other images, which the run never sees, are
clicked with both decoders.
"""

from __future__ import annotations

import copy
import hashlib
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray

from app.services.tuning_run import DETECTOR_SHARE
from sam_core.data.records import decode_mask, read_image
from sam_core.modeling import Sam
from sam_core.prompts import PointPrompt, PromptSet
from sam_core.training.clicks_together import click_masks
from sam_core.training.clicks_together import clicks_needed as clicks_to_good
from sam_core.training.evaluator import usable_masks
from sam_core.training.feature_cache import FeatureCache
from sam_core.training.image_under_test import ImageUnderTest
from sam_core.training.simulated_clicks import Click
from sam_core.training.tuning import TuningProgress, TuningResult, tune
from sam_core.training.tuning_config import TuningConfig
from sam_core.training.tuning_examples import TuningExample, features_of

Counts: TypeAlias = NDArray[np.float64]

GOOD_IOU = 0.9
MOST_CLICKS = 20
ANNOTATED_CLICKS = 8
HELD_OUT_SHARE = 0.2
SECONDS_PER_MINUTE = 60


@dataclass(frozen=True)
class GainOptions:
    """What is measured.

    Attributes:
        annotated: Images that are annotated and learnt from.
        tested: Images at most that are clicked before and after.
        masks_per_image: Masks of each image that are annotated, at most.
        tested_masks: Masks of each image that are clicked before and after, at most.
        minutes: Processor time that the steps may take, those of the detector included.
        rate: Peak of the learning rate.
    """

    annotated: int = 50
    tested: int = 40
    masks_per_image: int = 6
    tested_masks: int = 60
    minutes: float = 10.0
    rate: float = TuningConfig.learning_rate


class Gain(NamedTuple):
    """What was measured, and what came of it.

    Attributes:
        numbers: For the file.
        tuned: The model that has learnt.
        learnt: The images that it learnt from.
        tested: The images that were clicked.
        clicks: Of each of their masks, before and after.
    """

    numbers: dict[str, Any]
    tuned: Sam
    learnt: list[TuningExample]
    tested: list[TuningExample]
    clicks: tuple[Counts, Counts]


def measure_gain(
    sam: Sam,
    examples: Sequence[TuningExample],
    options: GainOptions,
    say: Callable[[str], object] = lambda _: None,
    *,
    apart: Sequence[TuningExample] = (),
) -> Gain:
    """Return mean clicks to 90 % IoU before and after, and what the learning cost.

    Args:
        sam: The model; it stays as it is.
        examples: Images with masks; which of them are learnt from follows from their names.
        options: How many, and how long.
        say: Is told how far it is.
        apart: Images to test on; without them, those of the first ones that are not learnt from.
    """
    learn, test = split_by_name(examples, options)
    if apart:
        test = list(apart[: options.tested])
    say(f"annotating {len(learn)} images, testing on {len(test)}")
    tuned = copy.deepcopy(sam)
    with tempfile.TemporaryDirectory() as folder:
        cache = FeatureCache(Path(folder) / "features", sam)
        before = clicks_needed(sam, test, cache, options)
        say(f"before: {before.mean():.2f} clicks")
        curve: list[tuple[int, float]] = []
        began, began_cpu = time.monotonic(), time.process_time()
        taught = [annotate(sam, example, cache, options) for example in learn]
        config = TuningConfig(
            learning_rate=options.rate,
            held_out_share=HELD_OUT_SHARE,
            time_limit_s=(1 - DETECTOR_SHARE) * options.minutes * SECONDS_PER_MINUTE,
        )
        result = tune(
            tuned,
            taught,
            FeatureCache(Path(folder) / "features", tuned),
            config,
            model_name="measured",
            output=Path(folder) / "run",
            on_progress=_note_scores(say, curve),
            clock=time.process_time,
        )
        seconds, cpu_seconds = time.monotonic() - began, time.process_time() - began_cpu
        after = clicks_needed(tuned, test, cache, options)
    say(f"after: {after.mean():.2f} clicks")
    numbers = {
        **compare(before, after),
        **_extent(taught, test),
        "tested_masks": len(before),
        "steps": result.steps,
        "ended": result.ended,
        "wall_minutes": round(seconds / SECONDS_PER_MINUTE, 2),
        "cpu_minutes": round(cpu_seconds / SECONDS_PER_MINUTE, 2),
        "curve_clicks_apart": [*_start(result), *curve],
    }
    return Gain(numbers, tuned, learn, test, (before, after))


def _start(result: TuningResult) -> list[tuple[int, float]]:
    """Return the point of the curve before the first step."""
    return [] if result.before is None else [(0, round(result.before.clicks_to_90, 3))]


def _extent(taught: Sequence[TuningExample], tested: Sequence[TuningExample]) -> dict[str, int]:
    return {
        "annotated_images": len(taught),
        "annotated_masks": sum(len(example.record.segmentations) for example in taught),
        "tested_images": len(tested),
    }


def compare(before: Counts, after: Counts) -> dict[str, Any]:
    """Return what the clicks of the same masks say, before and after."""
    return {
        "clicks90_before": round(float(before.mean()), 3),
        "clicks90_after": round(float(after.mean()), 3),
        "clicks90_change": round(float(after.mean() / before.mean() - 1), 3),
        "reached90_before": round(float((before <= MOST_CLICKS).mean()), 3),
        "reached90_after": round(float((after <= MOST_CLICKS).mean()), 3),
        "good_by_clicks_before": good_by_clicks(before),
        "good_by_clicks_after": good_by_clicks(after),
    }


def split_by_name(
    examples: Sequence[TuningExample], options: GainOptions
) -> tuple[list[TuningExample], list[TuningExample]]:
    """Return the images to learn from and those to test on, always the same ones."""

    def place(example: TuningExample) -> str:
        return hashlib.sha256(example.record.path.name.encode()).hexdigest()

    ordered = sorted(examples, key=place)
    apart = ordered[options.annotated : options.annotated + options.tested]
    return ordered[: options.annotated], apart


@torch.no_grad()
def annotate(
    sam: Sam, example: TuningExample, cache: FeatureCache, options: GainOptions
) -> TuningExample:
    """Return an image with the clicks that its masks cost; of the rest none are known."""
    record = example.record
    image = ImageUnderTest(sam, read_image(record), features_of(example, cache))
    masks = [decode_mask(record, one) for one in record.segmentations[: options.masks_per_image]]
    clicked = iter(
        click_masks(image, [one for one in masks if one.any()], ANNOTATED_CLICKS, GOOD_IOU)
    )
    prompts = [_as_prompts(next(clicked).clicks) if one.any() else None for one in masks]
    return TuningExample(record, tuple(prompts))


def _as_prompts(clicks: Sequence[Click]) -> PromptSet:
    return PromptSet(
        tuple(
            PointPrompt(one.column + 0.5, one.row + 0.5, int(one.is_foreground)) for one in clicks
        )
    )


@torch.no_grad()
def clicks_needed(
    sam: Sam, examples: Sequence[TuningExample], cache: FeatureCache, options: GainOptions
) -> Counts:
    """Return for each mask the clicks to 90 % IoU; one that never gets there counts one more."""
    counts: list[Counts] = []
    for example in examples:
        record = example.record
        image = ImageUnderTest(sam, read_image(record), features_of(example, cache))
        truths = list(usable_masks(record, options.tested_masks, []))
        clicked = click_masks(image, truths, MOST_CLICKS, GOOD_IOU)
        counts.append(clicks_to_good(clicked, GOOD_IOU, MOST_CLICKS))
    return np.concatenate(counts)


def good_by_clicks(counts: Counts) -> list[float]:
    """Return the share of masks that are good after each number of clicks, from one on."""
    return [round(float((counts <= clicks).mean()), 4) for clicks in range(1, MOST_CLICKS + 1)]


def _note_scores(
    say: Callable[[str], object], curve: list[tuple[int, float]]
) -> Callable[[TuningProgress], None]:
    def told(progress: TuningProgress) -> None:
        if progress.phase == "check" and progress.scores is not None:
            clicks = progress.scores.clicks_to_90
            curve.append((progress.done, round(clicks, 3)))
            say(f"step {progress.done}: {clicks:.2f} clicks on images kept apart")

    return told
