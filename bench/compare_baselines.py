"""``python -m bench baselines``: the model and three methods without learning, one table."""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from bench.baselines import (
    Pixels,
    ellipse_in_box,
    grabcut_from_box,
    random_walker_from_clicks,
)
from sam_core.data.records import ImageRecord, MaskDataset, read_image
from sam_core.errors import DatasetError, SamCoreError
from sam_core.masks.boxes import tight_boxes_xyxy
from sam_core.modeling import Sam
from sam_core.training.evaluate_command import (
    add_dataset_options,
    load_for_evaluation,
    open_chosen_dataset,
    positive_number,
    require_folder,
)
from sam_core.training.evaluation_report import (
    CLICK_COUNTS,
    NOC_LIMIT,
    NOC_THRESHOLDS,
    Scores,
    clicks_needed,
    format_table,
    mean_of_rows,
)
from sam_core.training.evaluator import evenly_spaced, score_mask, skip, usable_masks
from sam_core.training.image_under_test import ImageUnderTest
from sam_core.training.progress_line import ProgressLine
from sam_core.training.simulated_clicks import (
    Mask,
    first_click,
    intersection_over_union,
    next_click,
)

CLICKS = 5
METHODS = ("model", "ellipse in the box", "GrabCut in the box", "random walker")

Collected = dict[str, dict[str, dict[str, list[float]]]]
"""IoUs by method, source and key of the score."""


def main(arguments: list[str] | None = None) -> int:
    """Compare, show the table, write it; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench baselines", description=__doc__)
    add_dataset_options(parser)
    parser.add_argument("--checkpoint", type=Path, help="weights; default: the shipped model")
    parser.add_argument(
        "--masks-per-image", type=positive_number, default=3, help="most masks of an image"
    )
    parser.add_argument(
        "--clicks",
        type=positive_number,
        default=CLICKS,
        help=f"clicks per mask (default {CLICKS}); NoC is measured from {NOC_LIMIT} on",
    )
    parser.add_argument("--json", type=Path, help="also write the scores here")
    options = parser.parse_args(arguments)
    try:
        require_folder(options.json)
        dataset = open_chosen_dataset(options)
        sam = load_for_evaluation(options.checkpoint, None, None)
        result = compare(
            sam,
            dataset,
            options.limit,
            options.masks_per_image,
            ProgressLine("images"),
            options.clicks,
        )
    except SamCoreError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    rows = {name: method["mean"] for name, method in result["methods"].items()}
    left_out = len(result["skipped"]) + result["skipped_entries"]
    sys.stdout.write(format_table(rows, "method") + "\n")
    sys.stdout.write(
        f"\n{result['masks']} masks of {result['images']} images, {left_out} left out\n"
    )
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


@torch.no_grad()
def compare(
    sam: Sam,
    dataset: MaskDataset,
    limit: int | None = None,
    masks_per_image: int = 3,
    on_progress: Callable[[int, int], None] | None = None,
    max_clicks: int = CLICKS,
) -> dict[str, Any]:
    """Return the scores of the model and of each baseline on the same masks.

    Args:
        sam: Model in evaluation mode.
        dataset: Images with masks.
        limit: Images that are used, evenly spaced; ``None`` for all.
        masks_per_image: Masks of an image that are used, evenly spaced.
        on_progress: Called after each image with the images done and the images in all.
        max_clicks: Clicks per mask.

    Returns:
        ``methods`` (each with ``per_source`` and ``mean``), ``images`` and ``masks`` that were
        scored, and what was left out: ``skipped`` and ``skipped_entries`` as in the evaluation.

    Raises:
        DatasetError: If not one mask could be scored.
    """
    collected: Collected = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    skipped: list[str] = []
    images = masks = 0
    chosen = evenly_spaced(len(dataset), limit)
    for done, index in enumerate(chosen, start=1):
        try:
            record = dataset[index]
            pixels = read_image(record)
        except DatasetError as error:
            skipped.append(skip(error))
        else:
            truths = list(usable_masks(record, masks_per_image, skipped))
            images += bool(truths)
            masks += len(truths)
            for method, key, iou in _score_image(sam, record, pixels, truths, max_clicks):
                collected[method][record.source][key].append(iou)
        if on_progress is not None:
            on_progress(done, len(chosen))
    if not masks:
        raise DatasetError(
            f"data set must have a mask that can be scored, got {len(chosen)} images"
        )
    return {
        "methods": {name: _rows(collected[name]) for name in METHODS},
        "images": images,
        "masks": masks,
        "skipped": skipped,
        "skipped_entries": dataset.skipped,
    }


def _score_image(
    sam: Sam, record: ImageRecord, pixels: Pixels, truths: list[Mask], max_clicks: int
) -> Iterator[tuple[str, str, float]]:
    """Yield method, key of the score, IoU."""
    image = ImageUnderTest(sam, pixels)
    model, ellipse, grabcut, walker = METHODS
    for truth in truths:
        score = score_mask(image, truth, record, max_clicks)
        yield model, "miou_box", score.box_iou
        yield from ((model, *pair) for pair in _by_click_count(score.click_ious))
        box = tight_boxes_xyxy(truth)
        oval = ellipse_in_box(image.image_hw, box)
        yield ellipse, "miou_box", intersection_over_union(oval, truth)
        cut = grabcut_from_box(pixels, box)
        yield grabcut, "miou_box", intersection_over_union(cut, truth)
        yield from ((walker, *pair) for pair in _by_click_count(walk(pixels, truth, max_clicks)))


def walk(pixels: Pixels, truth: Mask, max_clicks: int = CLICKS) -> list[float]:
    """Return the IoU of the random walker after 1, 2, ... clicks of the simulated annotator.

    Args:
        pixels: (height, width, 3) RGB.
        truth: (height, width) true mask, not empty.
        max_clicks: Clicks that are made.
    """
    clicks = [first_click(truth)]
    ious: list[float] = []
    while len(ious) < max_clicks:
        mask = random_walker_from_clicks(pixels, clicks)
        ious.append(intersection_over_union(mask, truth))
        click = next_click(mask, truth)
        if click is None:
            return ious + [1.0] * (max_clicks - len(ious))
        clicks.append(click)
    return ious


def _by_click_count(click_ious: list[float] | tuple[float, ...]) -> list[tuple[str, float]]:
    counts = [count for count in CLICK_COUNTS if count <= len(click_ious)]
    scores = [(f"miou_{count}", click_ious[count - 1]) for count in counts]
    if len(click_ious) >= NOC_LIMIT:
        scores += [
            (key, float(clicks_needed(click_ious[:NOC_LIMIT], threshold)))
            for key, threshold in NOC_THRESHOLDS.items()
        ]
    return scores


def _rows(by_source: dict[str, dict[str, list[float]]]) -> dict[str, Any]:
    rows: dict[str, Scores] = {
        source: {key: float(np.mean(values)) for key, values in scores.items()}
        for source, scores in sorted(by_source.items())
    }
    return {"per_source": rows, "mean": mean_of_rows(rows)}
