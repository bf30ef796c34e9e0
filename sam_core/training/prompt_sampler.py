"""Simulated annotators: a first point or box, then clicks where the mask is wrong."""

from typing import NamedTuple, Protocol

import torch
from jaxtyping import Bool, Float
from torch import Tensor
from torch.nn import functional

from sam_core.data.erosion import erosion_depth
from sam_core.prompts import (
    BOX_BOTTOM_RIGHT_LABEL,
    BOX_TOP_LEFT_LABEL,
    FOREGROUND_LABEL,
    PADDING_LABEL,
)

BOX_SHARE = 0.35
"""Share of masks whose first prompt is a box; a click says less, so it is practised more."""
BOX_NOISE_SHARE = 0.1
BOX_NOISE_LIMIT = 20 / 1024
FAINT = 0.02
"""Coverage below which a cell of a target does not count as touched by the object."""
DEEPEST_SHARE = 0.5
"""Share of corrections that go to the deepest place of the error, where a careful person clicks."""
COUNTED_EROSIONS = 12


class PointPrompts(NamedTuple):
    """Labelled points of a batch of masks, box corners included."""

    coords: Tensor
    """(b, n, 2) pixel indices x, y in model space."""
    labels: Tensor
    """(b, n) float labels as the prompt encoder takes them."""

    def add(self, coords: Tensor, labels: Tensor) -> "PointPrompts":
        """Return the prompts with one more point for each mask."""
        return PointPrompts(
            torch.cat([self.coords, coords.unsqueeze(1)], dim=1),
            torch.cat([self.labels, labels.unsqueeze(1)], dim=1),
        )


class FirstPrompts(NamedTuple):
    """What each mask is asked with first."""

    prompts: PointPrompts
    is_box: Tensor
    """(b,) bool: boxes are answered by the single-mask token, clicks by the candidates."""


class Annotator(Protocol):
    """Who prompts for a batch of masks, round by round."""

    def begin(
        self, masks: Float[Tensor, "b t t"], centres: Float[Tensor, "b 2"], stride: int
    ) -> FirstPrompts:
        """Return a box or a click for each mask."""

    def correct(
        self, corrections: int, logits: Float[Tensor, "b t t"], masks: Tensor, stride: int
    ) -> tuple[Float[Tensor, "b 2"], Float[Tensor, " b"]]:
        """Return one more click and its label for each mask, after so many corrections."""


class SimulatedAnnotator:
    """Boxes and clicks at random, corrections where a mask is wrong."""

    def begin(
        self, masks: Float[Tensor, "b t t"], centres: Float[Tensor, "b 2"], stride: int
    ) -> FirstPrompts:
        """Return a box or a click for each mask; see :func:`first_prompts`."""
        is_box = torch.rand(len(masks), device=masks.device) < BOX_SHARE
        return FirstPrompts(first_prompts(masks, centres, is_box, stride), is_box)

    def correct(
        self, corrections: int, logits: Float[Tensor, "b t t"], masks: Tensor, stride: int
    ) -> tuple[Float[Tensor, "b 2"], Float[Tensor, " b"]]:
        """Return one more click for each mask; see :func:`correction_clicks`."""
        return correction_clicks(logits, masks, stride)


def first_prompts(
    masks: Float[Tensor, "b t t"],
    centres: Float[Tensor, "b 2"],
    is_box: Bool[Tensor, " b"],
    stride: int,
) -> PointPrompts:
    """Return a box or a point for each mask, two tokens long in either case.

    A point comes with the padding token that the network also sees at inference. Half of the
    points lie in the middle of the mask, where people click, the others anywhere inside.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, appendix A (training algorithm).

    Args:
        masks: True masks; a cell belongs to one from 0.5 on, and at least one cell does.
        centres: x, y of the innermost cell's centre, in cells.
        is_box: Where a box is wanted instead of a point.
        stride: Model pixels per cell.
    """
    batch, device = masks.shape[0], masks.device
    inside = masks >= 0.5
    anywhere = random_cell(inside.float())
    middle = centres + 0.7 * torch.randn_like(centres)
    cells = middle.floor().long().clamp(0, masks.shape[-1] - 1)
    hit = inside[torch.arange(batch, device=device), cells[:, 1], cells[:, 0]]
    use_middle = (torch.rand(batch, device=device) < 0.5) & hit
    point = torch.where(use_middle.unsqueeze(1), middle, anywhere) * stride - 0.5
    corners = _noisy_boxes(masks, stride)
    padded = torch.stack([point, torch.zeros_like(point)], dim=1)
    coords = torch.where(is_box.reshape(-1, 1, 1), corners, padded)
    labels = torch.where(
        is_box.unsqueeze(1),
        masks.new_tensor([BOX_TOP_LEFT_LABEL, BOX_BOTTOM_RIGHT_LABEL]),
        masks.new_tensor([FOREGROUND_LABEL, PADDING_LABEL]),
    )
    return PointPrompts(coords, labels)


def correction_clicks(
    logits: Float[Tensor, "b t t"], masks: Float[Tensor, "b t t"], stride: int
) -> tuple[Float[Tensor, "b 2"], Float[Tensor, " b"]]:
    """Return a click in the error region of each mask, and its label.

    Missed parts get a foreground click, false parts a background click. Half of the clicks
    go to the deepest cell of the error, as in an evaluation, the others anywhere in the error
    eroded by one cell, where something remains of it. A perfect mask gets a foreground click.

    Args:
        logits: Current masks; foreground above 0.
        masks: True masks, foreground from 0.5 on.
        stride: Model pixels per cell.
    """
    truth = masks >= 0.5
    error = ((logits > 0) != truth).float()
    eroded = (functional.avg_pool2d(error.unsqueeze(1), 3, stride=1, padding=1) > 0.99).float()
    eroded = eroded.squeeze(1)
    region = torch.where(eroded.flatten(1).any(dim=1).reshape(-1, 1, 1), eroded, error)
    perfect = ~error.flatten(1).any(dim=1)
    region = torch.where(perfect.reshape(-1, 1, 1), truth.float(), region)
    number = torch.arange(len(masks), device=masks.device)
    deepest = torch.rand(len(masks), device=masks.device) < DEEPEST_SHARE
    missed, false = (error > 0) & truth, (error > 0) & ~truth
    depth = torch.maximum(
        erosion_depth(missed, COUNTED_EROSIONS), erosion_depth(false, COUNTED_EROSIONS)
    )
    is_deepest = depth == depth.amax(dim=(1, 2), keepdim=True)
    use_deepest = (deepest & ~perfect).reshape(-1, 1, 1)
    cell = random_cell(torch.where(use_deepest, is_deepest.float(), region))
    index = cell.floor().long()
    labels = truth[number, index[:, 1], index[:, 0]].to(logits.dtype)
    return cell * stride - 0.5, labels


def random_cell(weights: Float[Tensor, "b t t"]) -> Float[Tensor, "b 2"]:
    """Return x, y of a uniformly random place inside the cells that have weight 1.

    The result is in cells, continuous: a cell's centre is at +0.5.
    """
    side = weights.shape[-1]
    drawn = (weights * (0.01 + torch.rand_like(weights))).flatten(1).argmax(dim=1)
    corner = torch.stack([drawn % side, drawn // side], dim=1).to(weights.dtype)
    return corner + 0.01 + 0.98 * torch.rand_like(corner)


def _noisy_boxes(masks: Float[Tensor, "b t t"], stride: int) -> Float[Tensor, "b 2 2"]:
    """Return corners with noise, from careful boxes to rough ones of the paper's noise."""
    side = masks.shape[-1]
    low_high = []
    for axis in (1, 2):  # columns first: x, then y
        touched = masks.amax(dim=axis)
        low_high.append(torch.stack([_edge(touched), side - _edge(touched.flip(1))], dim=1))
    corners = torch.stack(low_high, dim=2) * stride  # (b, low/high, x/y)
    extent = corners[:, 1:] - corners[:, :1]
    limit = BOX_NOISE_LIMIT * side * stride
    roughness = BOX_NOISE_SHARE * torch.rand_like(corners[:, :1, :1])
    noise = (roughness * extent * torch.randn_like(corners)).clamp(-limit, limit)
    return (corners + noise).clamp(0, side * stride) - 0.5


def _edge(touched: Float[Tensor, "b t"]) -> Float[Tensor, " b"]:
    """Return where an object begins along an axis, in cells, by how much of a cell it covers."""
    first = (touched > FAINT).float().argmax(dim=1)
    return first + 1 - touched.gather(1, first[:, None])[:, 0]
