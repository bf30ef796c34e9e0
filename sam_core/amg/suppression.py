"""Non-maximum suppression: of masks that are nearly the same, the best one stays."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def suppress_boxes(
    boxes_xyxy: NDArray[np.float64], scores: NDArray[np.float64], threshold: float
) -> NDArray[np.intp]:
    """Return which boxes stay, best first.

    Args:
        boxes_xyxy: (n, 4) left, top, right, bottom.
        scores: (n,); of equal ones the earlier comes first.
        threshold: A box goes when its IoU with a better one that stays is above this.

    Example:
        >>> boxes = np.array([[0.0, 0, 10, 10], [0, 0, 10, 9], [20, 0, 30, 10]])
        >>> suppress_boxes(boxes, np.array([0.8, 0.9, 0.1]), 0.7).tolist()
        [1, 2]
    """
    areas = (boxes_xyxy[:, 2:] - boxes_xyxy[:, :2]).prod(axis=1)

    def overlaps(one: int, others: NDArray[np.intp]) -> NDArray[np.float64]:
        first = np.maximum(boxes_xyxy[one, :2], boxes_xyxy[others, :2])
        last = np.minimum(boxes_xyxy[one, 2:], boxes_xyxy[others, 2:])
        common: NDArray[np.float64] = np.clip(last - first, 0, None).prod(axis=1)
        return _ratio(common, areas[one] + areas[others] - common)

    return _suppress(scores, overlaps, threshold)


def suppress_masks(
    masks: NDArray[np.bool_], scores: NDArray[np.float64], threshold: float
) -> NDArray[np.intp]:
    """Return which masks stay, best first, by the overlap of their pixels.

    Boxes of a thin diagonal thing and of what lies beside it overlap, their masks do not.

    Args:
        masks: (n, height, width), at any one resolution.
        scores: (n,); of equal ones the earlier comes first.
        threshold: A mask goes when its IoU with a better one that stays is above this.
    """
    flat = masks.reshape(len(masks), math.prod(masks.shape[1:])).astype(np.float32)
    areas = flat.sum(axis=1, dtype=np.float64)

    def overlaps(one: int, others: NDArray[np.intp]) -> NDArray[np.float64]:
        common = (flat[others] @ flat[one]).astype(np.float64)
        return _ratio(common, areas[one] + areas[others] - common)

    return _suppress(scores, overlaps, threshold)


def _suppress(
    scores: NDArray[np.float64],
    overlaps: Callable[[int, NDArray[np.intp]], NDArray[np.float64]],
    threshold: float,
) -> NDArray[np.intp]:
    waiting = np.argsort(-scores, kind="stable")
    kept = []
    while waiting.size:
        best, waiting = waiting[0], waiting[1:]
        kept.append(best)
        waiting = waiting[overlaps(int(best), waiting) <= threshold]
    return np.array(kept, dtype=np.intp)


def _ratio(common: NDArray[np.float64], union: NDArray[np.float64]) -> NDArray[np.float64]:
    # Two things without any extent do not overlap.
    return np.divide(common, union, out=np.zeros_like(union), where=union > 0)
