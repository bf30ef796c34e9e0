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
    height, width = logits.shape[-2:]
    above = logits - threshold
    across = _extents(above.amax(dim=-2), _crossings(above), width)
    down = _extents(above.amax(dim=-1), _crossings(above.transpose(-2, -1)), height)
    return torch.stack([across[0], down[0], across[1], down[1]], dim=-1)


def _crossings(above: Tensor) -> tuple[Tensor, Tensor]:
    """Return, per pair of neighbouring columns, how far the mask reaches between their centres.

    The first tensor is the least fraction at which a row enters the mask from the left, the
    second the largest at which one leaves it to the right; (n, width - 1).
    """
    left, right = above[..., :-1], above[..., 1:]
    fraction = left / (left - right)
    enters = fraction.masked_fill(~((left <= 0) & (right > 0)), 1.0)
    leaves = fraction.masked_fill(~((left > 0) & (right <= 0)), 0.0)
    return enters.amin(dim=-2), leaves.amax(dim=-2)


def _extents(profile: Tensor, crossings: tuple[Tensor, Tensor], side: int) -> tuple[Tensor, Tensor]:
    enters, leaves = crossings
    inside = profile > 0  # (n, side): some cell of this column is in the mask
    first = inside.float().argmax(dim=-1)
    last = side - 1 - inside.flip(-1).float().argmax(dim=-1)
    begin = first - 0.5 + enters.gather(-1, (first - 1).clamp(min=0)[:, None])[:, 0]
    end = last + 0.5 + leaves.gather(-1, last.clamp(max=side - 2)[:, None])[:, 0]
    begin = torch.where(first == 0, torch.zeros_like(begin), begin)
    end = torch.where(last == side - 1, torch.full_like(end, side), end)
    occupied = inside.any(dim=-1)
    return begin * occupied, end * occupied
