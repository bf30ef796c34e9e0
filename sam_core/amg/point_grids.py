"""Points to ask the model about: square grids in the unit square."""

import numpy as np
from numpy.typing import NDArray


def build_point_grid(points_per_side: int) -> NDArray[np.float64]:
    """Return the centres of equal cells, row by row.

    Args:
        points_per_side: Cells per side.

    Returns:
        (n * n, 2) x, y, as fractions of width and height.

    Example:
        >>> build_point_grid(2).tolist()
        [[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]]
    """
    offset = 1 / (2 * points_per_side)
    side = np.linspace(offset, 1 - offset, points_per_side)
    x, y = np.meshgrid(side, side)
    return np.stack([x, y], axis=-1).reshape(-1, 2)


def build_layer_grids(
    points_per_side: int, crop_layers: int, downscale: int
) -> list[NDArray[np.float64]]:
    """Return one grid for the image and one for the crops of each layer.

    Args:
        points_per_side: Points per side on the whole image.
        crop_layers: Layers of crops; 0 gives the grid of the image alone.
        downscale: How many times fewer points per side each layer has than the one before.
    """
    sides = [int(points_per_side / downscale**layer) for layer in range(crop_layers + 1)]
    return [build_point_grid(side) for side in sides]
