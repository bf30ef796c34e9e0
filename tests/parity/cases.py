"""What the published implementation was asked, and what ours is asked again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MASK_LOGITS_SCALE = 4.0


@dataclass(frozen=True)
class Case:
    """One prompt in pixel indices of the image, as fractions of its width and height."""

    points: tuple[tuple[float, float, int], ...] = ()
    box: tuple[float, float, float, float] | None = None
    with_mask: bool = False
    multimask_output: bool = False


CASES = {
    "point": Case(points=((0.42, 0.65, 1),), multimask_output=True),
    "point_single": Case(points=((0.44, 0.89, 1),)),
    "points": Case(points=((0.96, 0.57, 1), (0.38, 0.93, 0), (0.79, 0.07, 1), (0.53, 0.09, 0))),
    "box": Case(box=(0.22, 0.29, 0.84, 0.82)),
    "box_points": Case(points=((0.02, 0.78, 1), (0.83, 0.87, 0)), box=(0.22, 0.29, 0.84, 0.82)),
    "refine": Case(points=((0.98, 0.46, 1), (0.80, 0.78, 0)), with_mask=True),
}


def synthetic_image(height: int, width: int) -> NDArray[np.uint8]:
    """Return an RGB picture of gradients, stripes and a disk, in integer arithmetic only."""
    y, x = np.mgrid[:height, :width]
    disk = (4 * (2 * x - width) ** 2 + 9 * (2 * y - height) ** 2) < width * height
    red = (x * 255 // width + 40 * disk) % 256
    green = (y * 255 // height) ^ (32 * ((x // 11 + y // 7) % 2))
    blue = (x * y // 16 + 90 * disk) % 256
    return np.stack([red, green, blue], axis=-1).astype(np.uint8)


def synthetic_mask_logits(side: int) -> NDArray[np.float64]:
    """Return low-resolution logits (1, side, side) of a tilted half plane with a soft edge."""
    y, x = np.mgrid[:side, :side]
    return (MASK_LOGITS_SCALE * (2 * x + y - 1.5 * side) / side)[np.newaxis]


def predict_arguments(
    case: Case, image_size: tuple[int, int], mask_side: int
) -> dict[str, NDArray[np.float64] | NDArray[np.int64] | bool | None]:
    """Return the keyword arguments of ``SamPredictor.predict`` for a case."""
    height, width = image_size
    points = np.array([(x * width, y * height) for x, y, _ in case.points])
    box = None if case.box is None else np.array(case.box) * (width, height, width, height)
    return {
        "point_coords": points if case.points else None,
        "point_labels": np.array([point[2] for point in case.points]) if case.points else None,
        "box": box,
        "mask_input": synthetic_mask_logits(mask_side) if case.with_mask else None,
        "multimask_output": case.multimask_output,
    }
