"""Boxes in image pixels: the two orders in use, and the tight box of a mask.

A box is given by pixel *edges*: the pixel in column 3 covers x from 3 to 4.
"""

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy.typing import NDArray


def xyxy_to_xywh(boxes: Float[np.ndarray, "*n 4"]) -> Float[np.ndarray, "*n 4"]:
    """Return corner boxes as left, top, width, height (the order of COCO).

    Args:
        boxes: Left, top, right, bottom edges.

    Returns:
        A new array; the argument is not changed.

    Example:
        >>> xyxy_to_xywh(np.array([2.0, 3.0, 10.0, 5.0])).tolist()
        [2.0, 3.0, 8.0, 2.0]
    """
    return np.concatenate([boxes[..., :2], boxes[..., 2:] - boxes[..., :2]], axis=-1)


def xywh_to_xyxy(boxes: Float[np.ndarray, "*n 4"]) -> Float[np.ndarray, "*n 4"]:
    """Return COCO boxes as left, top, right, bottom edges.

    Args:
        boxes: Left, top, width, height.

    Returns:
        A new array; the argument is not changed.

    Example:
        >>> xywh_to_xyxy(np.array([2.0, 3.0, 8.0, 2.0])).tolist()
        [2.0, 3.0, 10.0, 5.0]
    """
    return np.concatenate([boxes[..., :2], boxes[..., :2] + boxes[..., 2:]], axis=-1)


def tight_boxes_xyxy(masks: Bool[np.ndarray, "*n h w"]) -> Int[np.ndarray, "*n 4"]:
    """Return the smallest box around each mask, in pixel edges.

    Args:
        masks: True inside the object.

    Returns:
        Left, top, right, bottom edges; right and bottom are one past the last pixel, so
        that ``masks[top:bottom, left:right]`` holds the object. An empty mask gives zeros.

    Example:
        >>> mask = np.zeros((4, 6), dtype=bool)
        >>> mask[1:3, 2] = True
        >>> tight_boxes_xyxy(mask).tolist()
        [2, 1, 3, 3]
    """
    left, right = _first_and_end(np.asarray(masks.any(axis=-2)))
    top, bottom = _first_and_end(np.asarray(masks.any(axis=-1)))
    boxes = np.stack([left, top, right, bottom], axis=-1)
    occupied = np.asarray(masks.any(axis=(-2, -1)))
    return np.where(occupied[..., np.newaxis], boxes, 0)


def _first_and_end(
    occupied: Bool[np.ndarray, "*n side"],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    first = occupied.argmax(axis=-1)
    end = occupied.shape[-1] - occupied[..., ::-1].argmax(axis=-1)
    return np.asarray(first, dtype=np.int64), np.asarray(end, dtype=np.int64)
