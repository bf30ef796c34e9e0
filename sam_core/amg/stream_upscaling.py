"""The up-scaling of a point stream, in pieces that stay in the caches."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn import functional

from sam_core.export.decoder_parts import upscaling_of
from sam_core.export.quadrants import (
    QUADRANTS,
    SIDE,
    centre_quadrants,
    doubling_bias,
    doubling_matrix,
)
from sam_core.modeling import Sam

_TOGETHER = 352
"""Cells whose up-scaled features fit into the second cache of a core: 0.7 MB of 1 MB."""


class Region(NamedTuple):
    """A rectangle of the grid that is drawn by itself."""

    rows: slice
    columns: slice
    base: Float[Tensor, "cells outputs"]
    """The base there after the first layer."""
    order: Int[Tensor, " pixels"]
    """Where the pixels of the map lie among those of the cells."""

    def of(self, maps: Float[Tensor, "n mask_h mask_w"]) -> Float[Tensor, "n h w"]:
        """Return the region's part of logits."""
        rows, columns = (
            slice(QUADRANTS * part.start, QUADRANTS * part.stop)
            for part in (self.rows, self.columns)
        )
        return maps[:, rows, columns]


class StreamUpscaling:
    """Draws the masks of points.

    Channels come last, so that a layer normalisation is one pass.

    Args:
        sam: The model; its weights are shared.
        upscaled: The base after the first layer, from `compute_constants`.
    """

    @torch.no_grad()
    def __init__(self, sam: Sam, upscaled: Float[Tensor, "outputs cells"]) -> None:
        first, self._norm, self._act1, second, self._act2 = upscaling_of(sam.mask_decoder)
        self._first = centre_quadrants(doubling_matrix(first))
        self._first_bias = centre_quadrants(doubling_bias(first))
        self._second = doubling_matrix(second).T
        self._second_bias = doubling_bias(second)[:, 0]
        self._grid = sam.prompt_encoder.image_embedding_size
        self._base = upscaled.reshape(-1, *self._grid)

    def region(self, rows: slice, columns: slice) -> Region:
        """Return what is needed to draw a part of the masks.

        Args:
            rows: Of the grid's cells.
            columns: Of the grid's cells.
        """
        base = self._base[:, rows, columns].flatten(1).T.contiguous()
        height, width = rows.stop - rows.start, columns.stop - columns.start
        pixels = torch.arange(len(base) * QUADRANTS**2, device=base.device)
        split = pixels.reshape(height, width, SIDE, SIDE, SIDE, SIDE)
        return Region(rows, columns, base, split.permute(0, 2, 4, 1, 3, 5).flatten())

    def mix(
        self, rows: Float[Tensor, "rows c"], offset: Float[Tensor, " c"]
    ) -> Float[Tensor, "rows1 outputs"]:
        """Return the rows of a stream after the first layer, and its offset.

        Args:
            rows: What the stream mixes.
            offset: What every cell has besides.
        """
        everywhere = self._first @ offset.unsqueeze(1) + self._first_bias
        return torch.cat([self._first @ rows.T, everywhere], dim=1).T

    def draw(
        self,
        mixture: Float[Tensor, "rows1 cells"],
        given: Float[Tensor, "rows1 outputs"],
        weights: Float[Tensor, "masks fine"],
        region: Region,
    ) -> Float[Tensor, "masks h w"]:
        """Return the logits of masks in a region.

        Args:
            mixture: Of a finished stream; its last line belongs to the offset.
            given: What it mixes, from `mix`.
            weights: What the masks' tokens make of the up-scaled features.
            region: Where.
        """
        cells = mixture.reshape(-1, *self._grid)[:, region.rows, region.columns].flatten(1)
        scales = cells[-1:].reciprocal().T
        parts = zip(
            *(torch.split(values, _TOGETHER) for values in (region.base, cells.T, scales)),
            strict=True,
        )
        pieces = [
            weights @ self._upscale(torch.addmm(base, part, given).mul_(scale)).T
            for base, part, scale in parts
        ]
        drawn = torch.cat(pieces, dim=1).index_select(1, region.order)
        height, width = (part.stop - part.start for part in (region.rows, region.columns))
        return drawn.reshape(-1, QUADRANTS * height, QUADRANTS * width)

    def _upscale(self, quads: Float[Tensor, "cells outputs"]) -> Float[Tensor, "pixels fine"]:
        quads = quads.reshape(QUADRANTS * len(quads), -1)
        norm = self._norm
        quads = functional.layer_norm(quads, quads.shape[-1:], norm.weight, norm.bias, norm.eps)
        fine = torch.addmm(self._second_bias, self._act1(quads), self._second)
        upscaled: Tensor = self._act2(fine).reshape(QUADRANTS * len(fine), -1)
        return upscaled
