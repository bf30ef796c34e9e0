"""What one point does to the image features, as weights of a few rows at each cell.

The algebra is that of `sam_core/export/image_stream.py`, with the factor of each cell outside:

    X = scale * (base + rows' * mixture) + offset

so that a layer adds weights and leaves those of the layers before as they are.
"""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.amg.stream_constants import LookingCells, SeenCells

NEGLIGIBLE = 1e-13
"""A weight that no single-precision sum notices, even over all cells.

Smaller ones are raised to it: their products would be denormal numbers, on which processors
are many times slower.
"""


class PointStream:
    """The cells after the layers so far.

    Args:
        mixture: (rows of all layers + 1, cells), written over. In the end its last line holds
            the inverse of the scale, with which a constant is one row more.
    """

    def __init__(self, mixture: Float[Tensor, "rows1 cells"]) -> None:
        self.mixture = mixture
        self._filled = 0
        self._scale: Tensor | None = None
        self._inverse = torch.ones_like(mixture[-1:])
        self._inverses: list[Tensor] = []

    @property
    def weights(self) -> Float[Tensor, "rows cells"]:
        """Weights of the rows so far."""
        return self.mixture[: self._filled]

    def show(
        self,
        queries: Float[Tensor, "heads t d"],
        absorbed: Float[Tensor, "all rows"],
        seen: SeenCells,
    ) -> tuple[Float[Tensor, "heads t d"], Float[Tensor, "all rows"]]:
        """Return what tokens take of the base's values, and how much of each row.

        Args:
            queries: The tokens, scaled.
            absorbed: Their products with the rows, one line per head and token.
            seen: Constants.
        """
        scores = self._compare(queries, absorbed, seen.keys, seen.position_keys)
        weights = scores.softmax(dim=-1).clamp_(min=NEGLIGIBLE)
        if self._scale is not None:
            weights.mul_(self._scale)
        return torch.bmm(weights, seen.values), weights.flatten(0, 1) @ self.weights.T

    def look(
        self,
        keys: Float[Tensor, "heads t d"],
        absorbed: Float[Tensor, "all rows"],
        looking: LookingCells,
    ) -> None:
        """Add a row for each head and token, weighted by how much a cell looks at it.

        Args:
            keys: The tokens, scaled.
            absorbed: Their products with the rows so far, one line per head and token.
            looking: Constants.
        """
        scores = self._compare(keys, absorbed, looking.queries, looking.position_queries)
        last = self._filled + len(absorbed)
        added = self.mixture[self._filled : last]
        torch.clamp(scores.softmax(dim=1).flatten(0, 1), min=NEGLIGIBLE, out=added)
        if self._scale is not None:
            added.mul_(self._inverse)
        self._inverses.append(self._inverse)
        self._filled = last

    def normalise(
        self,
        taken: Sequence[Float[Tensor, "heads t d"]],
        products: Float[Tensor, "rows rows"],
        looking: LookingCells,
        norm: nn.LayerNorm,
    ) -> None:
        """Divide by the deviation over the channels.

        Args:
            taken: Per layer, the values that its rows follow from.
            products: Of the centred rows with each other.
            looking: Constants.
            norm: The layer; its weights are for the caller to apply to the rows.
        """
        total, first = looking.squares, 0
        parts = zip(taken, looking.outputs, looking.offsets, self._inverses, strict=True)
        for values, outputs, offset, inverse in parts:
            last = first + values.shape[0] * values.shape[1]
            # Products are the same both ways round: those with other rows count twice.
            own = products[first:last, first:last]
            both = torch.cat([2 * products[first:last, :first], own], dim=1)
            mixed = torch.bmm(2 * values, outputs).flatten(0, 1)
            mixed.addmm_(both, self.mixture[:last]).mul_(self.mixture[first:last])
            total = total + mixed.sum(dim=0, keepdim=True) + offset * inverse
            first = last
        variance = total.clamp(min=0) / norm.weight.numel()
        if self._scale is not None:
            variance = variance * self._scale.square()
        factor = (variance + norm.eps).rsqrt()
        self._scale = factor if self._scale is None else factor * self._scale
        self._inverse = self._scale.reciprocal()
        self.mixture[-1:] = self._inverse

    def _compare(
        self,
        tokens: Float[Tensor, "heads t d"],
        absorbed: Float[Tensor, "all rows"],
        of_base: Float[Tensor, "heads d cells"],
        of_positions: Float[Tensor, "heads d cells"] | None,
    ) -> Float[Tensor, "heads t cells"]:
        scores = torch.bmm(tokens, of_base)
        if self._scale is not None:
            scores.flatten(0, 1).addmm_(absorbed, self.weights).mul_(self._scale)
        if of_positions is not None:
            scores.baddbmm_(tokens, of_positions)
        return scores
