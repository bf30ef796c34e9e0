"""A correction holds: its own pixel goes to the side that the click says."""

import torch
from jaxtyping import Float
from torch import Tensor

from sam_core.prompts import BACKGROUND_LABEL, FOREGROUND_LABEL, PADDING_LABEL

HELD_MARGIN = 1.0
"""Logit, on the right side of 0, that a click's place has at least."""

REACH = 1.5
"""Cells around a click, along each axis, that give way to it."""

ROUNDS = 2
"""Passes over all clicks: the second repairs what clicks nearby did to each other."""


def hold_clicks(
    logits: Float[Tensor, "b masks h w"],
    unit: Float[Tensor, "b n 2"],
    labels: Float[Tensor, "b n"],
    has_mask: Float[Tensor, " b"],
) -> Float[Tensor, "b masks h w"]:
    """Return logits that are on the right side of 0 where a correction was clicked.

    Logits of stride 4 cannot show an error that is thinner than a cell, and the decoder's drawing
    of a click is wider than that, so a click on such a rim used to change nothing. Here the
    logits are read at each click as enlarging them reads them. Where the side is wrong, the
    few cells around give way, by the least that brings the place to the margin; where it is right
    nothing changes. A lone click without a mask corrects nothing and is left alone: it
    asks which object is meant.

    Args:
        logits: Masks at the decoder's resolution.
        unit: x, y of the points' centres, as shares of the model input's sides.
        labels: Labels of the points; only those of clicks matter.
        has_mask: 1 where a mask is corrected, else 0.
    """
    height, width = logits.shape[-2:]
    is_correction = ((labels != PADDING_LABEL).sum(dim=1) + has_mask > 1).to(logits).unsqueeze(1)
    side = (labels == FOREGROUND_LABEL).to(logits) - (labels == BACKGROUND_LABEL).to(logits)
    side = (side * is_correction).unsqueeze(1)  # (b, 1, n)
    x, y = (_distance(unit[..., axis] * cells, cells) for axis, cells in ((0, width), (1, height)))
    read_x, read_y = _tent(x, 1.0).unsqueeze(1), _tent(y, 1.0).unsqueeze(1)  # (b, 1, n, cells)
    write_x, write_y = _tent(x, REACH).unsqueeze(1), _tent(y, REACH).unsqueeze(1)
    gain = (read_x * write_x).sum(dim=-1) * (read_y * write_y).sum(dim=-1)
    for _ in range(ROUNDS):
        found = ((read_y @ logits) * read_x).sum(dim=-1)  # (b, masks, n)
        missing = side * (HELD_MARGIN - side * found).clamp(min=0) / gain
        logits = logits + write_y.transpose(-2, -1) @ (missing.unsqueeze(-1) * write_x)
    return logits


def _distance(place: Float[Tensor, "b n"], cells: int) -> Float[Tensor, "b n cells"]:
    """Return how far each cell's centre is; beyond the outermost centres nothing changes."""
    centres = torch.arange(cells, device=place.device, dtype=place.dtype) + 0.5
    return (place.clamp(0.5, cells - 0.5).unsqueeze(-1) - centres).abs()


def _tent(distance: Float[Tensor, "b n cells"], reach: float) -> Float[Tensor, "b n cells"]:
    return (1 - distance / reach).clamp(min=0)
