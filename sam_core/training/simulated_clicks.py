"""The annotator of an evaluation: for the same mask always the same clicks."""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from sam_core.masks.boxes import tight_boxes_xyxy

Mask: TypeAlias = NDArray[np.bool_]


class Click(NamedTuple):
    """One click on a pixel of the image."""

    row: int
    column: int
    is_foreground: bool


def first_click(truth: Mask) -> Click:
    """Return the click on the pixel that is deepest inside the object.

    Args:
        truth: (height, width) the true mask, not empty.
    """
    return Click(*deepest_pixel(truth), is_foreground=True)


def next_click(mask: Mask, truth: Mask) -> Click | None:
    """Return the click that corrects the largest error, or ``None`` if there is no error.

    Missed and false parts are told apart, so that a component has one label even where the
    two touch. The click lies on the deepest pixel of the largest component; of two equally
    large ones the missed part comes first.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, appendix D.1. Missed and false parts are kept
        apart as in the evaluation of Sofiiuk et al. 2021, arXiv:2102.06583.

    Args:
        mask: (height, width) what the model shows.
        truth: (height, width) what it should show.
    """
    missed, false = largest_component(truth & ~mask), largest_component(mask & ~truth)
    is_foreground = int(missed.sum()) >= int(false.sum())
    region = missed if is_foreground else false
    return Click(*deepest_pixel(region), is_foreground) if region.any() else None


def deepest_pixel(region: Mask) -> tuple[int, int]:
    """Return row and column of the pixel that is farthest from the region's outside.

    The image border counts as outside. Of equally deep pixels the first in reading order
    is taken.

    Args:
        region: (height, width), not empty.

    Example:
        >>> region = np.zeros((5, 9), dtype=bool)
        >>> region[0:3, 2:7] = True
        >>> deepest_pixel(region)
        (1, 3)
    """
    left, top, right, bottom = (int(edge) for edge in tight_boxes_xyxy(region))
    # Everything beside the tight box is outside: a ring of one pixel stands for it.
    inside = np.pad(region[top:bottom, left:right], 1)
    depth = ndimage.distance_transform_edt(inside)[1:-1, 1:-1]
    row, column = np.unravel_index(int(depth.argmax()), depth.shape)
    return top + int(row), left + int(column)


def largest_component(region: Mask) -> Mask:
    """Return the 4-connected component with the most pixels; nothing of nothing."""
    labels, count = ndimage.label(region)
    if count < 2:
        return region
    sizes = np.bincount(labels.ravel())[1:]
    return np.asarray(labels == 1 + int(sizes.argmax()))


def intersection_over_union(mask: Mask, truth: Mask) -> float:
    """Return the overlap of two masks, 0 to 1; two empty masks are equal."""
    union = int((mask | truth).sum())
    return float((mask & truth).sum() / union) if union else 1.0
