"""Objects of one photograph pasted onto another."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float32, UInt8
from PIL import Image, ImageFilter

from sam_core.data.scene import MASK_STRIDE, Scene, shrink

MOST_OBJECTS = 4
LARGEST_SHARE = 0.35
"""Share of the canvas above which an object is background rather than a thing to paste."""
SMALLEST_PIXELS = 100
_MARGIN = 3


class Cutout(NamedTuple):
    """An object cut out of a photograph, in pixels of the canvas."""

    pixels: UInt8[np.ndarray, "h w 3"]
    alpha: Float32[np.ndarray, "h w"]
    """1 where the object hides what lies below it."""


def cut_out(
    pixels: UInt8[np.ndarray, "s s 3"], coverage: Float32[np.ndarray, "s s"], soft: bool
) -> Cutout | None:
    """Return an object without its surroundings, or ``None`` if it is too small or too large.

    Args:
        pixels: Drawn view of its photograph.
        coverage: Its mask at the same resolution.
        soft: Whether the border fades over about two pixels.
    """
    cells = coverage.sum()
    if not SMALLEST_PIXELS <= cells <= LARGEST_SHARE * coverage.size:
        return None
    rows = np.flatnonzero(coverage.any(axis=1))
    columns = np.flatnonzero(coverage.any(axis=0))
    window = (
        slice(max(0, rows[0] - _MARGIN), rows[-1] + 1 + _MARGIN),
        slice(max(0, columns[0] - _MARGIN), columns[-1] + 1 + _MARGIN),
    )
    alpha = coverage[window]
    if soft:
        image = Image.fromarray((alpha * 255).astype(np.uint8))
        blurred = np.asarray(image.filter(ImageFilter.GaussianBlur(1.0)))
        alpha = blurred.astype(np.float32) / 255
    return Cutout(pixels[window], alpha)


def paste(scene: Scene, cutouts: Sequence[Cutout], rng: np.random.Generator) -> Scene:
    """Return the scene with objects on random places; masks below are cut by them.

    Source:
        Ghiasi et al. 2021, arXiv:2012.07177; here an object may also move, because a view
        that is smaller than the canvas would always paste at the top left.

    Args:
        scene: What lies below; it is not changed.
        cutouts: Objects, each over the ones before.
        rng: Source of randomness.
    """
    pixels = scene.pixels.copy()
    masks = list(scene.masks)
    for pixels_above, alpha in cutouts:
        height = min(alpha.shape[0], scene.drawn_hw[0])
        width = min(alpha.shape[1], scene.drawn_hw[1])
        top = int(rng.integers(scene.drawn_hw[0] - height + 1))
        left = int(rng.integers(scene.drawn_hw[1] - width + 1))
        window = (slice(top, top + height), slice(left, left + width))
        weight = alpha[:height, :width]
        below = pixels[window].astype(np.float32)
        above = pixels_above[:height, :width]
        pixels[window] = below + weight[..., None] * (above - below) + 0.5
        canvas = np.zeros(scene.pixels.shape[:2], dtype=np.float32)
        canvas[window] = weight
        pasted = shrink(canvas, MASK_STRIDE) >= 0.5
        masks = [mask & ~pasted for mask in masks] + [pasted]
    stacked = np.stack(masks) if masks else scene.masks
    return scene._replace(pixels=pixels, masks=stacked)
