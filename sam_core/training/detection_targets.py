"""What a detector shall say of an image: centres and boxes of the objects that are known."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sam_core.modeling.object_detector import CELL, LEVEL_SIDES
from sam_core.transforms import ResizeLongestSide

SPREAD = 0.12
"""Standard deviation of the heat around a centre, as a share of the object's sides."""
LEAST_SPREAD = 0.4
"""The same in cells, for objects of a few cells."""
INNER = 0.3
"""Share of a box around its centre whose cells learn where the edges are."""


class DetectionTargets(NamedTuple):
    """Targets of one image, on the detector's cells."""

    heat: Tensor
    """(levels, rows, columns) 1 at the cell of each centre, falling to 0 around it."""
    edges: Tensor
    """(levels, 4, rows, columns) distances to the edges of the object, in model pixels."""
    weight: Tensor
    """(levels, rows, columns) how much a cell's edges count: cells in the middle of objects share
    1 for each object, others have 0."""


def detection_targets(
    boxes_xyxy: NDArray[np.float64], image_size: int, levels: int = 1
) -> DetectionTargets:
    """Return what a detector shall say.

    Where objects of a level lie in each other, cells belong to the smallest.

    Args:
        boxes_xyxy: (n, 4) edges of the objects in model pixels, with an area.
        image_size: Side of the model input.
        levels: Of the detector.
    """
    cells = image_size // CELL
    heat = np.zeros((levels, cells, cells), dtype=np.float32)
    edges = np.ones((levels, 4, cells, cells), dtype=np.float32)
    weight = np.zeros((levels, cells, cells), dtype=np.float32)
    sides = np.sqrt((boxes_xyxy[:, 2:] - boxes_xyxy[:, :2]).prod(axis=1))
    for index in np.argsort(-sides, kind="stable"):
        level = int(np.searchsorted(LEVEL_SIDES[: levels - 1], sides[index]))
        _add(boxes_xyxy[index], heat[level], edges[level], weight[level])
    return DetectionTargets(*(torch.from_numpy(part) for part in (heat, edges, weight)))


def _add(
    box_xyxy: NDArray[np.float64],
    heat: NDArray[np.float32],
    edges: NDArray[np.float32],
    weight: NDArray[np.float32],
) -> None:
    """Write an object into the targets of its level."""
    left, top, right, bottom = box_xyxy
    middle = (np.arange(len(heat)) + 0.5) * CELL
    x, y, width, height = (left + right) / 2, (top + bottom) / 2, right - left, bottom - top
    column, row = (min(int(place / CELL), len(heat) - 1) for place in (x, y))
    bumps = [
        np.exp(-0.5 * ((middle - middle[cell]) / max(SPREAD * side, LEAST_SPREAD * CELL)) ** 2)
        for cell, side in ((row, height), (column, width))
    ]
    np.maximum(heat, np.outer(*bumps), out=heat)
    near_x = np.abs(middle - x) <= INNER * width
    near_y = np.abs(middle - y) <= INNER * height
    near_x[column] = near_y[row] = True
    inner = np.ix_(near_y, near_x)
    weight[inner] = 1 / (near_x.sum() * near_y.sum())
    across, down = np.meshgrid(middle[near_x], middle[near_y])
    for number, side in enumerate((across - left, down - top, right - across, bottom - down)):
        edges[number][inner] = side


def boxes_to_model(
    boxes_xyxy: Sequence[NDArray[np.integer]], image_hw: tuple[int, int], image_size: int
) -> NDArray[np.float64]:
    """Return boxes of an image in model pixels; those without an area are left out.

    Args:
        boxes_xyxy: Edges in pixels of the image.
        image_hw: Its height and width.
        image_size: Side of the model input.
    """
    height, width = ResizeLongestSide.get_preprocess_shape(*image_hw, image_size)
    scale = np.array([width / image_hw[1], height / image_hw[0]] * 2)
    boxes = np.array(boxes_xyxy, dtype=np.float64).reshape(-1, 4) * scale
    kept: NDArray[np.float64] = boxes[(boxes[:, 2:] > boxes[:, :2]).all(axis=1)]
    return kept
