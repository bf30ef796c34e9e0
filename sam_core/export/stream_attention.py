"""The two attentions between tokens and an image stream.

Both work with what the base of the stream gives when it is projected, which is prepared once
per image, and move the projections of the few rows to the tokens. Inside, cells come last.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.export.image_stream import ImageStream
from sam_core.modeling.two_way_transformer import Attention

NEGLIGIBLE = -30.0
"""Logarithm of a weight that no single-precision sum notices, even over all cells.

Smaller ones are raised to it: their products would be denormal numbers, on which processors
are tens of times slower.
"""


def heads_of_cells(
    projected: Float[Tensor, "inner cells"], attention: Attention
) -> Float[Tensor, "heads d cells"]:
    """Return projected cells head by head."""
    return projected.reshape(attention.num_heads, -1, projected.shape[-1])


def all_heads(per_head: Float[Tensor, "heads t k"]) -> Float[Tensor, "all k"]:
    """Return one line per head and token."""
    # The number of tokens is free in the exported graph, the last length is not.
    return per_head.reshape(-1, int(per_head.shape[-1]))


class StreamAttention(nn.Module):
    """What all attentions of the fast decoder share.

    Args:
        attention: The published form; its layers are used, not copied.
    """

    def __init__(self, attention: Attention) -> None:
        super().__init__()
        self.attention = attention
        self.heads = attention.num_heads
        self.head_width = attention.internal_dim // attention.num_heads
        self.width = attention.embedding_dim

    def _split(self, tokens: Float[Tensor, "t inner"]) -> Float[Tensor, "heads t d"]:
        return tokens.reshape(-1, self.heads, self.head_width).transpose(0, 1)

    def _join(self, per_head: Float[Tensor, "heads t d"]) -> Float[Tensor, "t inner"]:
        return per_head.transpose(0, 1).reshape(-1, self.heads * self.head_width)

    def _per_head(self, values: Float[Tensor, "all k"]) -> Float[Tensor, "heads t k"]:
        return values.reshape(self.heads, -1, int(values.shape[-1]))

    def _split_weight(self, layer: nn.Linear) -> Float[Tensor, "heads d c"]:
        return layer.weight.reshape(self.heads, self.head_width, -1)

    def _scores(
        self,
        stream: ImageStream,
        tokens: Float[Tensor, "heads t d"],
        cell_layer: nn.Linear,
        of_base: Float[Tensor, "heads d cells"],
        of_positions: Float[Tensor, "heads d cells"] | None,
    ) -> Float[Tensor, "heads t cells"]:
        absorbed = (tokens @ self._split_weight(cell_layer)).reshape(-1, self.width)
        scores = stream.scaled(tokens @ of_base)
        if of_positions is not None:
            scores = scores + tokens @ of_positions
        return scores + self._per_head(stream.mixed(absorbed))


class TokensLookAtTokens(StreamAttention):
    """Tokens to each other, in a form whose exported graph computes no shapes."""

    def forward(
        self, keys: Float[Tensor, "t c"], values: Float[Tensor, "t c"]
    ) -> Float[Tensor, "t c"]:
        """Return, per token, the values weighted by the similarity of their keys.

        Args:
            keys: What is compared.
            values: What is taken over.
        """
        inner = self.attention
        queries = self._split(inner.q_proj(keys)) * self.head_width**-0.5
        weights = (queries @ self._split(inner.k_proj(keys)).transpose(1, 2)).softmax(dim=-1)
        out: Tensor = inner.out_proj(self._join(weights @ self._split(inner.v_proj(values))))
        return out


class TokensLookAtStream(StreamAttention):
    """Tokens to image."""

    def forward(
        self,
        stream: ImageStream,
        queries: Float[Tensor, "t c"],
        base_keys: Float[Tensor, "heads d cells"],
        base_values: Float[Tensor, "heads cells d"],
        position_keys: Float[Tensor, "heads d cells"] | None = None,
    ) -> Float[Tensor, "t c"]:
        """Return, per token, the cells weighted by their similarity.

        What is the same for all cells, the bias of the keys for one, drops out of the soft-max.

        Args:
            stream: The image.
            queries: The tokens.
            base_keys: Projection of the stream's base to keys.
            base_values: Projection of the base to values.
            position_keys: Projection of the cells' positions, where ``base_keys`` lacks it.
        """
        inner = self.attention
        split = self._split(inner.q_proj(queries)) * self.head_width**-0.5
        scores = self._scores(stream, split, inner.k_proj, base_keys, position_keys)
        floor = scores.amax(dim=-1, keepdim=True) + NEGLIGIBLE
        weights = torch.maximum(scores, floor).softmax(dim=-1)
        mixed = (all_heads(weights) @ stream.mixture.T) @ stream.rows
        values = stream.scaled(weights) @ base_values
        values = values + self._per_head(mixed) @ self._split_weight(inner.v_proj).transpose(1, 2)
        everywhere = inner.v_proj(stream.offset)  # the weights add up to 1
        out: Tensor = inner.out_proj(self._join(values) + everywhere)
        return out


class StreamLooksAtTokens(StreamAttention):
    """Image to tokens."""

    def forward(
        self,
        stream: ImageStream,
        keys: Float[Tensor, "t c"],
        values: Float[Tensor, "t c"],
        base_queries: Float[Tensor, "heads d cells"],
        position_queries: Float[Tensor, "heads d cells"] | None = None,
    ) -> tuple[ImageStream, Float[Tensor, "heads t d"]]:
        """Return the stream with what it saw added, and the projected values.

        Args:
            stream: The image.
            keys: Tokens to be compared with.
            values: Tokens to be taken over.
            base_queries: Projection of the stream's base to queries.
            position_queries: Projection of the cells' positions, where ``base_queries`` lacks it.
        """
        inner = self.attention
        split = self._split(inner.k_proj(keys)) * self.head_width**-0.5
        scores = self._scores(stream, split, inner.q_proj, base_queries, position_queries)
        everywhere = inner.q_proj(stream.offset).reshape(self.heads, self.head_width, 1)
        scores = scores + split @ everywhere
        powers = (scores - scores.amax(dim=1, keepdim=True)).clamp(min=NEGLIGIBLE).exp()
        weights = powers / powers.sum(dim=1, keepdim=True)
        taken = self._split(inner.v_proj(values))
        rows = taken @ self._split_weight_out()
        # Per head the weights of a cell add up to 1, so the rows can carry what is constant.
        constant = (inner.out_proj.bias + stream.offset) / self.heads
        return stream.add(all_heads(weights), all_heads(rows) + constant), taken

    def _split_weight_out(self) -> Float[Tensor, "heads d c"]:
        return self.attention.out_proj.weight.T.reshape(self.heads, self.head_width, -1)
