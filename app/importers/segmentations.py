"""The forms in which files hold masks, as COCO's compressed run-length code."""

from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco_mask

# A corner that lies further outside than this many sides of the image is a mistake of the file,
# and following its edges would take memory without bound.
_FURTHEST_SIDES = 4
_LARGEST_RUN = 2**31 - 1
_MOST_CORNERS = 1_000_000
LARGEST_PIXELS = 100_000_000


class UnusableMask(Exception):
    """A mask cannot be taken; the text is the stable code of the reason."""


def to_counts(segmentation: Any, height: int, width: int) -> str:
    """Return the code of a segmentation of a COCO file; compressed codes pass unchecked.

    Args:
        segmentation: Polygons, a compressed or an uncompressed run-length code.
        height: Of the image, in pixels.
        width: Of the image, in pixels.

    Raises:
        UnusableMask: If it is none of these or lies on an image of another size.
    """
    if isinstance(segmentation, dict):
        if segmentation.get("size") != [height, width]:
            raise UnusableMask("size_differs")
        counts = segmentation.get("counts")
        if isinstance(counts, str):
            return counts
        if isinstance(counts, list):
            return _compress(counts, height, width)
    if isinstance(segmentation, list):
        if not segmentation:
            raise UnusableMask("mask_missing")
        return polygons_to_counts(segmentation, height, width)
    raise UnusableMask("mask_missing" if segmentation is None else "mask_damaged")


def polygons_to_counts(polygons: list[Any], height: int, width: int) -> str:
    """Return the code of the pixels inside some rings, painted by pycocotools.

    Args:
        polygons: Rings: x, y, x, y, ... in image space; rings of fewer than three corners
            are passed over.
        height: Of the image, in pixels.
        width: Of the image, in pixels.

    Raises:
        UnusableMask: If they are no rings, or no ring has three corners.
    """
    if not all(isinstance(ring, list) for ring in polygons):
        raise UnusableMask("polygon_damaged")
    if sum(map(len, polygons)) > 2 * _MOST_CORNERS:
        raise UnusableMask("polygon_damaged")
    numbers = list(chain.from_iterable(polygons))
    if not all(isinstance(number, int | float) for number in numbers):
        raise UnusableMask("polygon_damaged")
    furthest = _FURTHEST_SIDES * max(height, width)
    if any(abs(number) > furthest for number in numbers):
        raise UnusableMask("polygon_outside")
    if any(len(ring) % 2 for ring in polygons):
        raise UnusableMask("polygon_damaged")
    rings = [ring for ring in polygons if len(ring) >= 6]
    if not rings:
        raise UnusableMask("polygon_short")
    code = coco_mask.merge(coco_mask.frPyObjects(rings, height, width))
    return str(code["counts"].decode("ascii"))


def pixels_to_counts(pixels: NDArray[np.bool_]) -> str:
    """Return the code of a mask.

    Args:
        pixels: (height, width), true inside the object.
    """
    code = coco_mask.encode(np.asfortranarray(pixels, dtype=np.uint8))
    return str(code["counts"].decode("ascii"))


def _compress(runs: list[Any], height: int, width: int) -> str:
    is_whole = all(type(run) is int and 0 <= run <= _LARGEST_RUN for run in runs)
    if not is_whole or sum(runs) != height * width:
        raise UnusableMask("mask_damaged")
    code = coco_mask.frPyObjects({"size": [height, width], "counts": runs}, height, width)
    return str(code["counts"].decode("ascii"))
