"""Clicks and their masks: candidates, corrections, best and worst answers."""

from typing import NamedTuple

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sam_core.figures.scenes import Target
from sam_core.figures.style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    QUIET,
    RED,
    Boolean,
    Pixels,
    caption,
    draw_outline,
    draw_prompts,
    figure_of,
    show_mask,
    show_picture,
)
from sam_core.predictor import Prediction, SamPredictor
from sam_core.prompts import MaskPrompt, PointPrompt, PromptSet
from sam_core.training.prompt_sampler import correction_clicks
from sam_core.training.simulated_clicks import (
    Click,
    first_click,
    intersection_over_union,
    next_click,
)

CLICKS_SHOWN = (1, 2, 3, 5, 8)
GALLERY_COLUMNS = 4


class Round(NamedTuple):
    """One answer of a simulated session: the clicks so far, the mask and its true IoU."""

    prompts: PromptSet
    mask: Boolean
    iou: float


def as_prompt(click: Click) -> PointPrompt:
    """Return a click on a pixel as a point in its middle."""
    return PointPrompt(click.column + 0.5, click.row + 0.5, int(click.is_foreground))


def play_clicks(predictor: SamPredictor, truth: Boolean, clicks: int) -> list[Round]:
    """Return a session on one object of the current image, click by click.

    The first click lies amidst the object, each later one amidst the largest error. The
    candidate that the model ranks first is kept; its logits go back in.

    Args:
        predictor: Holds the encoded image.
        truth: The object, at image size.
        clicks: Largest number of clicks; fewer if the mask becomes perfect.
    """
    prompts = PromptSet((as_prompt(first_click(truth)),))
    rounds: list[Round] = []
    while True:
        answer = predictor.predict_prompts(prompts)
        best = int(answer.iou_predictions.argmax())
        mask = answer.masks[best]
        rounds.append(Round(prompts, mask, intersection_over_union(mask, truth)))
        correction = next_click(mask, truth)
        if correction is None or len(rounds) == clicks:
            return rounds
        points = (*prompts.points, as_prompt(correction))
        prompts = PromptSet(points, mask=MaskPrompt(answer.low_res_logits[best]))


def draw_candidates(predictor: SamPredictor, cases: list[tuple[Pixels, PointPrompt]]) -> Figure:
    """Return the three candidates of ambiguous clicks, a row per click, with their scores.

    Args:
        predictor: Holds the model.
        cases: Photographs with a click in image space each.
    """
    heights = [9 / 4 * photo.shape[0] / photo.shape[1] + 0.5 for photo, _ in cases]
    with figure_of(len(cases), 4, sum(heights), heights=heights) as (figure, axes):
        for row, (photo, click) in enumerate(cases):
            predictor.set_image(photo)
            prompts = PromptSet((click,))
            answer = predictor.predict_prompts(prompts)
            first = axes[4 * row]
            show_picture(first, photo)
            draw_prompts(first, prompts)
            caption(first, "one click")
            _draw_ranked(axes[4 * row + 1 : 4 * row + 4], photo, prompts, answer)
    return figure


def _draw_ranked(axes: list[Axes], photo: Pixels, prompts: PromptSet, answer: Prediction) -> None:
    best = int(answer.iou_predictions.argmax())
    for index, axis in enumerate(axes):
        chosen = index == best
        show_mask(axis, photo, answer.masks[index], BLUE if chosen else QUIET)
        draw_prompts(axis, prompts)
        caption(axis, f"token {index + 1}: predicted IoU {answer.iou_predictions[index]:.2f}")
        if chosen:
            axis.set_title("shown first", color=BLUE)


def draw_click_by_click(predictor: SamPredictor, cases: list[tuple[Pixels, Target]]) -> Figure:
    """Return how masks grow better with clicks; the true IoU stands below each.

    Args:
        predictor: Holds the model.
        cases: Photographs and the objects meant in them, one row each.
    """
    columns = len(CLICKS_SHOWN)
    heights = [9 / columns * photo.shape[0] / photo.shape[1] + 0.3 for photo, _ in cases]
    with figure_of(len(cases), columns, sum(heights), heights=heights) as (figure, axes):
        for row, (photo, target) in enumerate(cases):
            predictor.set_image(photo)
            truth = target.mask(photo.shape[:2])
            rounds = play_clicks(predictor, truth, max(CLICKS_SHOWN))
            for column, number in enumerate(CLICKS_SHOWN):
                axis = axes[columns * row + column]
                shown = rounds[min(number, len(rounds)) - 1]
                show_mask(axis, photo, shown.mask)
                draw_outline(axis, truth, ORANGE, "dotted")
                draw_prompts(axis, shown.prompts)
                caption(axis, f"{number} click{'s' * (number > 1)}: IoU {shown.iou:.2f}")
    return figure


def draw_gallery(predictor: SamPredictor, cases: list[tuple[Pixels, Target]]) -> Figure:
    """Return the best and the worst answers to a single click, ordered by their true IoU.

    Nothing is picked by hand: the upper row shows the best of all cases, the lower the worst.

    Args:
        predictor: Holds the model.
        cases: Photographs and the objects meant in them.
    """
    answered = []
    for photo, target in cases:
        predictor.set_image(photo)
        (first,) = play_clicks(predictor, target.mask(photo.shape[:2]), 1)
        answered.append((first.iou, photo, target, first))
    answered.sort(key=lambda case: case[0], reverse=True)
    shown = answered[:GALLERY_COLUMNS] + answered[-GALLERY_COLUMNS:]
    with figure_of(2, GALLERY_COLUMNS, 4.6) as (figure, axes):
        for axis, (iou, photo, target, first) in zip(axes, shown, strict=True):
            view = around(target.mask(photo.shape[:2]))
            show_mask(axis, photo, first.mask)
            draw_outline(axis, target.mask(photo.shape[:2]), ORANGE, "dotted")
            draw_prompts(axis, first.prompts)
            axis.set(xlim=view[:2], ylim=view[2:])
            caption(axis, f"{target.name}: IoU {iou:.2f}")
        for row, name in ((0, "best"), (1, "worst")):
            axes[row * GALLERY_COLUMNS].set_ylabel(f"{name} of {len(cases)}", color=INK)
    return figure


def around(mask: Boolean) -> tuple[float, float, float, float]:
    """Return left, right, bottom, top of a square view of an object and what is around it."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    centre_x, centre_y = columns[[0, -1]].mean(), rows[[0, -1]].mean()
    reach = 0.5 * max(np.ptp(rows), np.ptp(columns)) * 1.9 + 12
    half = min(reach, min(mask.shape) / 2)
    centre_x = float(np.clip(centre_x, half, mask.shape[1] - half))
    centre_y = float(np.clip(centre_y, half, mask.shape[0] - half))
    return centre_x - half, centre_x + half, centre_y + half, centre_y - half


def draw_simulated_click(predictor: SamPredictor, photo: Pixels, target: Target) -> Figure:
    """Return one round of the training loop: mask, what is meant, error and next click, mask.

    Args:
        predictor: Holds the model.
        photo: Photograph.
        target: The object that is meant.
    """
    predictor.set_image(photo)
    truth = target.mask(photo.shape[:2])
    (first,) = play_clicks(predictor, truth, 1)
    answer = predictor.predict_prompts(first.prompts)
    best = int(answer.iou_predictions.argmax())
    drawn, label = _drawn_click(first.mask, truth)
    points = (*first.prompts.points, PointPrompt(*drawn, label))
    second = PromptSet(points, mask=MaskPrompt(answer.low_res_logits[best]))
    refined = predictor.predict_prompts(second).masks[0]
    refined_iou = intersection_over_union(refined, truth)
    with figure_of(1, 4, 9 / 4 * photo.shape[0] / photo.shape[1] + 0.35) as (figure, axes):
        show_mask(axes[0], photo, first.mask)
        draw_prompts(axes[0], first.prompts)
        caption(axes[0], f"1. first mask, IoU {first.iou:.2f}")
        show_mask(axes[1], photo, truth, ORANGE)
        caption(axes[1], "2. what is meant")
        show_picture(axes[2], error_picture(first.mask, truth))
        draw_prompts(axes[2], PromptSet((points[-1],)))
        caption(axes[2], "3. missed, wrong, next click")
        show_mask(axes[3], photo, refined)
        draw_prompts(axes[3], second)
        caption(axes[3], f"4. refined mask, IoU {refined_iou:.2f}")
    return figure


def error_picture(mask: Boolean, truth: Boolean) -> Pixels:
    """Return what is missed in green, what is wrong in red, what is right in grey."""
    picture = np.full((*mask.shape, 3), 245, dtype=np.uint8)
    for region, colour in ((truth & mask, "#bdbdbd"), (truth & ~mask, GREEN), (mask & ~truth, RED)):
        picture[region] = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
    return picture


def _drawn_click(mask: Boolean, truth: Boolean) -> tuple[tuple[float, float], int]:
    # The sampler of the training takes square maps; padding on the right and at the
    # bottom holds no error, so no click falls there.
    side = max(mask.shape)
    height, width = mask.shape
    padded = np.zeros((2, 1, side, side), dtype=np.float32)
    padded[0, 0, :height, :width] = np.where(mask, 1, -1)
    padded[1, 0, :height, :width] = truth
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        logits, masks = torch.from_numpy(padded)
        coords, labels = correction_clicks(logits, masks, stride=1)
    x, y = (coords[0] + 0.5).tolist()
    return (x, y), int(labels[0])
