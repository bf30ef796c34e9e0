"""What clicks and boxes give without a learned model: the floor that a model must beat."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage.segmentation import random_walker

from sam_core.training.simulated_clicks import Click, Mask

GRABCUT_ROUNDS = 5
GRABCUT_COLOURS = 5  # OpenCV fits that many Gaussians to the inside and to the outside
WALKER_SIDE = 160
WALKER_CLICK_RADIUS = 2.0
WALKER_BETA = 130.0
SEED = 0

Pixels = NDArray[np.uint8]
Box = NDArray[np.integer]


def ellipse_in_box(image_hw: tuple[int, int], box_xyxy: Box) -> Mask:
    """Return the ellipse that touches all four sides of a box.

    Args:
        image_hw: Height and width of the image.
        box_xyxy: Left, top, right, bottom edges in image pixels.
    """
    left, top, right, bottom = (float(edge) for edge in box_xyxy)
    row, column = np.mgrid[: image_hw[0], : image_hw[1]] + 0.5
    across = (column - (left + right) / 2) / ((right - left) / 2)
    down = (row - (top + bottom) / 2) / ((bottom - top) / 2)
    return np.asarray(across**2 + down**2 <= 1)


def grabcut_from_box(pixels: Pixels, box_xyxy: Box) -> Mask:
    """Return what OpenCV's GrabCut finds in a box; the same at every call.

    A box that leaves fewer pixels inside or outside than GrabCut has colours is returned
    whole: there is nothing to learn from.

    Source:
        Rother et al. 2004, "GrabCut", doi:10.1145/1015706.1015720.

    Args:
        pixels: (height, width, 3) RGB.
        box_xyxy: Left, top, right, bottom edges in image pixels.
    """
    left, top, right, bottom = (int(edge) for edge in box_xyxy)
    inside = np.zeros(pixels.shape[:2], dtype=np.bool_)
    inside[top:bottom, left:right] = True
    if min(int(inside.sum()), int((~inside).sum())) < GRABCUT_COLOURS:
        return inside
    cv2.setRNGSeed(SEED)
    labels = np.zeros(pixels.shape[:2], dtype=np.uint8)
    rectangle = (left, top, right - left, bottom - top)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    bgr = np.ascontiguousarray(pixels[..., ::-1])
    cv2.grabCut(bgr, labels, rectangle, *models, GRABCUT_ROUNDS, cv2.GC_INIT_WITH_RECT)
    return np.asarray((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD))


def random_walker_from_clicks(pixels: Pixels, clicks: Sequence[Click]) -> Mask:
    """Return where a random walker is likelier to meet a foreground click first.

    The frame of the image is background too, unless a click lies there: one click alone has
    nothing to compete with. It works on a copy whose long side is at most 160 pixels.

    Source:
        Grady 2006, "Random Walks for Image Segmentation", doi:10.1109/TPAMI.2006.233.

    Args:
        pixels: (height, width, 3) RGB.
        clicks: At least one, on image pixels.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, WALKER_SIDE / max(height, width))
    small_hw = max(3, round(height * scale)), max(3, round(width * scale))
    small = Image.fromarray(pixels).resize(small_hw[::-1], Image.Resampling.BILINEAR)
    seeds = _seeds(small_hw, (height, width), clicks)
    likely = random_walker(
        np.asarray(small) / 255,
        seeds,
        beta=WALKER_BETA,
        mode="bf",  # solved exactly; at this size that is faster than iterating
        channel_axis=-1,
        return_full_prob=True,
    )
    large = Image.fromarray(likely[0].astype(np.float32)).resize(
        (width, height), Image.Resampling.BILINEAR
    )
    return np.asarray(large) > 0.5


def _seeds(
    small_hw: tuple[int, int], image_hw: tuple[int, int], clicks: Sequence[Click]
) -> NDArray[np.int64]:
    seeds = np.zeros(small_hw, dtype=np.int64)
    seeds[[0, -1]] = 2
    seeds[:, [0, -1]] = 2
    row, column = np.mgrid[: small_hw[0], : small_hw[1]] + 0.5
    for click in clicks:
        down = row - (click.row + 0.5) * small_hw[0] / image_hw[0]
        across = column - (click.column + 0.5) * small_hw[1] / image_hw[1]
        seeds[np.hypot(down, across) <= WALKER_CLICK_RADIUS] = 1 if click.is_foreground else 2
    return seeds
