"""A drawn training image with its masks, before prompts and colours."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float32, Shaped, UInt8

MASK_STRIDE = 4
"""Pixels of the model input per cell of a target mask: the decoder's resolution."""

PADDING_COLOUR = (124, 116, 104)
"""RGB of the padding: what normalisation makes 0, as the model itself pads a photograph."""


class Scene(NamedTuple):
    """A square canvas and the objects on it."""

    pixels: UInt8[np.ndarray, "s s 3"]
    """RGB, padded with 0 on the right and at the bottom."""
    masks: Bool[np.ndarray, "n t t"]
    """Objects on a grid ``MASK_STRIDE`` times coarser than the pixels."""
    drawn_hw: tuple[int, int]
    """Height and width of the canvas without its padding, in pixels."""


def shrink(array: Shaped[np.ndarray, "h w *c"], stride: int) -> Float32[np.ndarray, "t u *c"]:
    """Return the mean of each ``stride`` x ``stride`` block; both sides are multiples of it.

    Example:
        >>> shrink(np.array([[0, 4], [8, 0]]), 2).tolist()
        [[3.0]]
    """
    height, width = array.shape[:2]
    blocks = array.reshape(height // stride, stride, width // stride, stride, *array.shape[2:])
    means: np.ndarray = blocks.mean(axis=(1, 3), dtype=np.float32)
    return means


def keep_usable(
    masks: Bool[np.ndarray, "n t t"], min_cells: int, max_share: float
) -> Bool[np.ndarray, "m t t"]:
    """Return the masks that are neither specks nor nearly the whole canvas.

    Args:
        masks: Objects on a canvas.
        min_cells: Least number of cells.
        max_share: Largest share of the canvas.
    """
    cells = masks.sum(axis=(1, 2))
    most = max_share * masks.shape[1] * masks.shape[2]
    usable: np.ndarray = masks[(cells >= min_cells) & (cells <= most)]
    return usable


def pad_like_the_model(
    pixels: UInt8[np.ndarray, "s s 3"], drawn_hw: tuple[int, int]
) -> UInt8[np.ndarray, "s s 3"]:
    """Return a canvas whose padding has the colour that the model sees as padding.

    Args:
        pixels: RGB canvas.
        drawn_hw: Height and width of its part that is not padding.
    """
    padded = np.full_like(pixels, PADDING_COLOUR)
    height, width = drawn_hw
    padded[:height, :width] = pixels[:height, :width]
    return padded
