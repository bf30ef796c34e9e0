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
    outside = functional.pad((~masks).to(torch.float16), (1, 1, 1, 1), value=1).unsqueeze(1)
    depth = 1 - outside
    for turn in range(most - 1):
        outside = _grow_by_cross(outside) if turn % 2 else functional.max_pool2d(outside, 3, 1, 1)
        depth = depth + (1 - outside)
    return depth[:, 0, 1:-1, 1:-1].float()


def _grow_by_cross(outside: Tensor) -> Tensor:
    tall = functional.max_pool2d(outside, (3, 1), 1, (1, 0))
    return torch.maximum(tall, functional.max_pool2d(outside, (1, 3), 1, (0, 1)))
