"""What can be told of a mask from its low-resolution logits alone."""

import torch
from torch import Tensor


def stability_scores(logits: Tensor, threshold: float, offset: float) -> Tensor:
    """Return the IoU of each mask at a strict and at a generous threshold, (n,).

    A mask that is empty even at the generous one gets 0.

    Args:
        logits: (n, height, width).
        threshold: The mask's own threshold.
        offset: Distance of the two others from it.
    """
    strict = (logits > threshold + offset).sum(dim=(-2, -1))
    generous = (logits > threshold - offset).sum(dim=(-2, -1))
    return strict / generous.clamp(min=1)


def find_boxes(logits: Tensor, threshold: float) -> Tensor:
    """Return the tight boxes of masks, exact to a fraction of a cell.

    Between the centres of two cells the logits are interpolated, so an edge lies where they
    reach the threshold.

    Args:
        logits: (n, height, width).
        threshold: Where a mask begins.

    Returns:
        (n, 4) left, top, right, bottom, in cells. A mask that is empty gives four zeros.
    """
    above = logits - threshold
    across = _extents(above)
    down = _extents(above.transpose(-2, -1))
    return torch.stack([across[0], down[0], across[1], down[1]], dim=-1)


def _extents(above: Tensor) -> tuple[Tensor, Tensor]:
    """Return where masks begin and end along the last axis, (n,) each.

    Only the lines beside the outermost ones of a mask decide that.
    """
    side = above.shape[-1]
    inside = above.amax(dim=-2) > 0  # (n, side): some cell of this line is in the mask
    first = inside.float().argmax(dim=-1)
    last = side - 1 - inside.flip(-1).float().argmax(dim=-1)
    before, behind = (first - 1).clamp(min=0), (last + 1).clamp(max=side - 1)
    begin = first + 0.5 - _reach(_line(above, first), _line(above, before))
    end = last + 0.5 + _reach(_line(above, last), _line(above, behind))
    begin = torch.where(first == 0, torch.zeros_like(begin), begin)
    end = torch.where(last == side - 1, torch.full_like(end, side), end)
    occupied = inside.any(dim=-1)
    return begin * occupied, end * occupied


def _line(above: Tensor, index: Tensor) -> Tensor:
    return above.gather(-1, index[:, None, None].expand(-1, above.shape[-2], 1))[..., 0]


def _reach(inner: Tensor, outer: Tensor) -> Tensor:
    """Return how far masks reach from the centres of a line towards the next one, at most 1."""
    fraction = inner / (inner - outer)
    return fraction.masked_fill(~((inner > 0) & (outer <= 0)), 0.0).amax(dim=-1)
