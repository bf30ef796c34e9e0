"""What the data engine measured, and on what, as figures: ``python -m bench.engine_figure``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from bench.plan_domain import draw_plan
from sam_core.figures.style import (
    BLUE,
    QUIET,
    RED,
    caption,
    draw_outline,
    figure_of,
    save_figure,
    show_picture,
)

RESULTS = Path(__file__).parent / "results" / "data_engine.json"
PICTURE = Path(__file__).parents[1] / "docs" / "measured" / "learning_clicks.png"
PLANS = PICTURE.with_name("drawn_plans.png")
SHOWN_PLANS = (3, 5, 8)
"""Numbers of the plans that are shown, of those that are learnt from."""
LEARNT_SEED = 1
HEIGHT = 3.2


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the figure and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.engine_figure", description=__doc__)
    parser.add_argument("--json", type=Path, default=RESULTS, help="what bench.data_engine wrote")
    parser.add_argument("--output", type=Path, default=PICTURE, help="PNG file to write")
    parser.add_argument("--plans", type=Path, default=PLANS, help="PNG file with some plans")
    options = parser.parse_args(arguments)
    numbers = json.loads(options.json.read_text(encoding="utf-8"))
    drawn = (
        save_figure(draw_learning(numbers), options.output),
        save_figure(draw_plans(), options.plans),
    )
    sys.stdout.writelines(f"{path}\n" for path in drawn)
    return 0


def draw_learning(numbers: dict[str, Any]) -> Figure:
    """Return how soon masks are good before and after, and the curve of the run.

    Args:
        numbers: As ``bench.data_engine`` writes them.
    """
    with figure_of(1, 2, HEIGHT) as (figure, (left, right)):
        for name, colour in (("before", QUIET), ("after", BLUE)):
            shares = numbers[f"good_by_clicks_{name}"]
            mean = numbers[f"clicks90_{name}"]
            clicks = range(1, len(shares) + 1)
            left.plot(clicks, shares, color=colour, label=f"{name}: {mean:.2f} clicks on average")
        left.set(xlabel="clicks", ylabel="share of masks above 90 % IoU", ylim=(0, 1))
        left.set_xticks(range(2, 21, 3))
        left.set_title(
            f"{numbers['tested_masks']} masks of {numbers['tested_images']} other images"
        )
        left.legend(loc="lower right")
        steps, values = zip(*numbers["curve_clicks_apart"], strict=True)
        right.plot(steps, values, color=RED, marker="o", markersize=4)
        right.set(xlabel="steps", ylabel="clicks to 90 % IoU", xlim=(0, 1.1 * max(steps)))
        right.set_ylim(0, 1.25 * max(values))
        right.set_title("images kept apart while it learns")
    return figure


def draw_plans() -> Figure:
    """Return some drawn plans with the outlines of their rooms."""
    with figure_of(1, len(SHOWN_PLANS), HEIGHT) as (figure, axes):
        for axis, number in zip(axes, SHOWN_PLANS, strict=True):
            pixels, masks = draw_plan(np.random.default_rng([LEARNT_SEED, number]))
            show_picture(axis, pixels)
            for _, mask in masks:
                draw_outline(axis, mask, BLUE)
            caption(axis, f"{len(masks)} rooms")
    return figure


if __name__ == "__main__":
    sys.exit(main())
