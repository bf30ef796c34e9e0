"""How deep cells lie inside masks, counted on whole batches on any device."""

import torch
from jaxtyping import Bool, Float
from torch import Tensor
from torch.nn import functional


def innermost_points(masks: Float[Tensor, "b k t t"]) -> Float[Tensor, "b k 2"]:
    """Return x, y of the centre of the cell that lies deepest inside each mask, in cells.

    Depth is counted in erosions by a square and by a cross in turn, which comes close to the
    distance; what lies outside the canvas counts as background. Of equally deep cells a
    random one is taken.
    """
    side = masks.shape[-1]
    depth = erosion_depth((masks >= 0.5).flatten(0, 1), side // 2)
    place = (depth + 0.5 * torch.rand_like(depth)).flatten(1).argmax(dim=1)
    point = torch.stack([place % side, place // side], dim=1) + 0.5
    return point.reshape(*masks.shape[:2], 2)


def erosion_depth(masks: Bool[Tensor, "n t t"], most: int) -> Float[Tensor, "n t t"]:
    """Return how many erosions each cell survives, at most ``most``; 0 is background."""
    inside = functional.pad(masks, (1, 1, 1, 1))
    depth = inside.to(torch.int16)
    for turn in range(most - 1):
        inside = functional.pad(_by_cross(inside) if turn % 2 else _by_square(inside), (1, 1, 1, 1))
        depth += inside
    return depth[:, 1:-1, 1:-1].float()


def _by_square(inside: Bool[Tensor, "n h w"]) -> Bool[Tensor, "n h-2 w-2"]:
    rows = inside[:, :-2] & inside[:, 1:-1] & inside[:, 2:]
    return rows[:, :, :-2] & rows[:, :, 1:-1] & rows[:, :, 2:]


def _by_cross(inside: Bool[Tensor, "n h w"]) -> Bool[Tensor, "n h-2 w-2"]:
    middle = inside[:, 1:-1, 1:-1]
    beside = inside[:, 1:-1, :-2] & inside[:, 1:-1, 2:]
    return middle & beside & inside[:, :-2, 1:-1] & inside[:, 2:, 1:-1]
