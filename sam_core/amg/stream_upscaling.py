"""The up-scaling of a point stream, in pieces that stay in the caches."""

import torch
from jaxtyping import Float
from torch import Tensor

from sam_core.export.decoder_parts import upscaling_of
from sam_core.export.quadrants import (
    QUADRANTS,
    centre_quadrants,
    doubling_bias,
    doubling_matrix,
    join_twice,
)
from sam_core.modeling import Sam

_TOGETHER = 352
"""Cells whose up-scaled features fit into the second cache of a core: 0.7 MB of 1 MB."""


class StreamUpscaling:
    """Draws the masks of points.

    Args:
        sam: The model; its weights are shared.
        upscaled: The base after the first layer, from `compute_constants`.
    """

    @torch.no_grad()
    def __init__(self, sam: Sam, upscaled: Float[Tensor, "outputs cells"]) -> None:
        first, self._norm, self._act1, second, self._act2 = upscaling_of(sam.mask_decoder)
        self._first = centre_quadrants(doubling_matrix(first))
        self._first_bias = centre_quadrants(doubling_bias(first))
        self._second, self._second_bias = doubling_matrix(second), doubling_bias(second)
        self._base = upscaled
        self._grid = sam.prompt_encoder.image_embedding_size

    def draw(
        self,
        mixture: Float[Tensor, "rows1 cells"],
        rows: Float[Tensor, "rows c"],
        offset: Float[Tensor, " c"],
        weights: Float[Tensor, "masks fine"],
    ) -> Float[Tensor, "masks mask_h mask_w"]:
        """Return the logits of masks.

        Args:
            mixture: Of a finished stream; its last line belongs to the offset.
            rows: What it mixes.
            offset: What every cell has besides.
            weights: What the masks' tokens make of the up-scaled features.
        """
        everywhere = self._first @ offset.unsqueeze(1) + self._first_bias
        given = torch.cat([self._first @ rows.T, everywhere], dim=1)
        pieces = [
            self._draw_cells(base, part, given, weights)
            for base, part in zip(
                torch.split(self._base, _TOGETHER, dim=1),
                torch.split(mixture, _TOGETHER, dim=1),
                strict=True,
            )
        ]
        return join_twice(torch.cat(pieces, dim=-1), self._grid)[0]

    def _draw_cells(
        self,
        base: Float[Tensor, "outputs cells"],
        mixture: Float[Tensor, "rows1 cells"],
        given: Float[Tensor, "outputs rows1"],
        weights: Float[Tensor, "masks fine"],
    ) -> Float[Tensor, "places masks cells"]:
        # All values are divided by the scale, which the normalisation takes out again.
        middle = torch.addmm(base, given, mixture).reshape(QUADRANTS, -1, base.shape[1])
        # The mean of the channels is zero already: the matrices are centred.
        norm, inverse = self._norm, mixture[-1:]
        variance = middle.square().mean(dim=1, keepdim=True) + norm.eps * inverse.square()
        middle.mul_(variance.rsqrt_())
        middle = torch.addcmul(norm.bias.unsqueeze(1), middle, norm.weight.unsqueeze(1))
        fine = torch.matmul(self._second, self._act1(middle)).add_(self._second_bias)
        upscaled: Tensor = self._act2(fine).reshape(QUADRANTS**2, -1, fine.shape[-1])
        return weights @ upscaled
