"""Small holes and small islands of a mask, as a shaky decoder leaves them."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

_WITH_DIAGONALS = np.ones((3, 3), dtype=bool)


def remove_small_regions(
    mask: NDArray[np.bool_], least_area: float, mode: Literal["holes", "islands"]
) -> tuple[NDArray[np.bool_], bool]:
    """Return a mask without small holes or islands, and whether there were any.

    Pixels that touch at a corner belong together. If all islands are small, the largest stays.

    Args:
        mask: (height, width).
        least_area: Regions of fewer pixels go.
        mode: Whether background inside the mask or parts of the mask are looked at.
    """
    fills = mode == "holes"
    regions, count = ndimage.label(mask ^ fills, structure=_WITH_DIAGONALS)
    sizes = np.bincount(regions.ravel(), minlength=count + 1)
    small = sizes < least_area
    small[0] = False
    if not small.any():
        return mask, False
    if fills:
        return mask | small[regions], True
    large = ~small
    large[0] = False
    if not large.any():
        large[1 + int(sizes[1:].argmax())] = True
    return large[regions], True
