"""A large decoder for single points of one image, whose cells are never formed.

The tokens of several points go through their layers together; what has numbers for every cell
is done point by point, to stay in the caches (`sam_core/amg/point_stream.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor

from sam_core.amg.point_stream import PointStream
from sam_core.amg.stream_constants import LookingCells, SeenCells, compute_constants
from sam_core.amg.stream_upscaling import StreamUpscaling
from sam_core.export.decoder_parts import layers_of, transformer_of
from sam_core.export.quadrants import QUADRANTS
from sam_core.modeling import Sam
from sam_core.modeling.two_way_transformer import Attention, TwoWayAttentionBlock
from sam_core.prompts import FOREGROUND_LABEL, PADDING_LABEL

_IOU_TOKEN = 0
_FIRST_CANDIDATE = 2
"""Token; the one before it answers clear prompts."""


class Answers(NamedTuple):
    """Candidates of points that are kept, in the order of the points."""

    logits: Float[Tensor, "n mask_h mask_w"]
    predicted_iou: Float[Tensor, " n"]
    points: Int[Tensor, " n"]
    """Which point each answers."""


@dataclass(slots=True)
class _Batch:
    """Several points on their way through the decoder."""

    streams: Sequence[PointStream]
    rows: Float[Tensor, "b rows c"]
    """What the streams mix."""
    taken: list[Float[Tensor, "b heads t d"]] = field(default_factory=list)
    """Per layer, the values that its rows follow from."""


Judge: TypeAlias = Callable[[Float[Tensor, "n used_h used_w"]], Bool[Tensor, " n"]]
"""Tells which masks are kept, from their logits without those of the padding."""


class StreamDecoder:
    """Candidates of single points.

    Args:
        sam: A model whose prompts do not draw and whose quality follows from a token alone.
        embedding: Of one image.
        used: Rows and columns of the logits that are not padding alone.
        whole: Whether the padding of kept masks is drawn; without it it is 0, but for the line
            beside the image.
    """

    def __init__(
        self,
        sam: Sam,
        embedding: Float[Tensor, "1 c h w"],
        used: tuple[int, int],
        *,
        whole: bool = True,
    ) -> None:
        self._encoder, self._decoder = sam.prompt_encoder, sam.mask_decoder
        self._transformer = transformer_of(sam.mask_decoder)
        self._layers = layers_of(self._transformer)
        self._constants = compute_constants(sam, embedding)
        self._upscaling = StreamUpscaling(sam, self._constants.upscaled)
        self._used = used
        rows, columns = self._encoder.image_embedding_size
        # Pixels at the edge of the image follow from the first line of the padding too.
        used_rows, used_columns = (
            min(-(-(side + 1) // QUADRANTS), most)
            for side, most in zip(used, (rows, columns), strict=True)
        )
        region = self._upscaling.region
        self._image = region(slice(0, used_rows), slice(0, used_columns))
        below = region(slice(used_rows, rows), slice(0, used_columns))
        beside = region(slice(0, rows), slice(used_columns, columns))
        # The longer side of an image has no padding.
        self._padding = [part for part in (below, beside) if whole and len(part.base)]

    @torch.no_grad()
    def decode(self, coords: Float[Tensor, "b 2"], least_quality: float, judge: Judge) -> Answers:
        """Return the candidates of points that are kept; nothing else is drawn.

        Args:
            coords: x, y in pixel indices of model space.
            least_quality: Predicted IoU that they must be above.
            judge: Tells which of these are kept.
        """
        pairs = torch.stack([coords, torch.zeros_like(coords)], dim=1)
        labels = coords.new_tensor([[FOREGROUND_LABEL, PADDING_LABEL]]).expand(len(coords), 2)
        prompts = self._encoder.embed_tokens(pairs, labels)
        outputs = torch.cat([self._decoder.iou_token.weight, self._decoder.mask_tokens.weight])
        positions = torch.cat([outputs.expand(len(coords), -1, -1), prompts], dim=1)
        batch = self._open(positions)
        tokens = positions
        for layer, seen, looking in zip(
            self._layers, self._constants.seen, self._constants.looking, strict=False
        ):
            tokens = _update_tokens(batch, layer, tokens, positions, seen)
            _update_cells(batch, layer, tokens, positions, looking)
        # Nobody asks for the tokens of the prompts and of the mask for clear ones any more.
        asked = [_IOU_TOKEN, *range(_FIRST_CANDIDATE, len(outputs))]
        tokens, positions = tokens[:, asked], positions[:, asked]
        final = self._transformer.final_attn_token_to_image
        attended = _look_at_cells(batch, final, tokens + positions, self._constants.seen[-1])
        tokens = self._transformer.norm_final_attn(tokens + attended)
        return self._choose(batch, tokens, least_quality, judge)

    def _open(self, positions: Float[Tensor, "b t c"]) -> _Batch:
        count, per_head, width = positions.shape
        rows = sum(layer.cross_attn_image_to_token.num_heads for layer in self._layers) * per_head
        mixtures = positions.new_empty(count, rows + 1, self._constants.upscaled.shape[1])
        return _Batch(
            [PointStream(mixture) for mixture in mixtures], positions.new_empty(count, 0, width)
        )

    def _choose(
        self, batch: _Batch, tokens: Float[Tensor, "b t c"], least_quality: float, judge: Judge
    ) -> Answers:
        quality = self._decoder.iou_prediction_head(tokens[:, 0])[:, _FIRST_CANDIDATE - 1 :]
        kept = quality > least_quality
        heads = list(self._decoder.output_hypernetworks_mlps)[_FIRST_CANDIDATE - 1 :]
        weights = torch.stack([head(tokens[:, 1 + at]) for at, head in enumerate(heads)], dim=1)
        drawn = [tokens.new_empty(0, *self._encoder.mask_input_size)]
        for at in kept.any(dim=1).nonzero()[:, 0].tolist():
            logits, good = self._draw(batch, at, weights[at, kept[at]], judge)
            kept[at] = kept[at].masked_scatter(kept[at], good)
            drawn.append(logits)
        return Answers(torch.cat(drawn), quality[kept], kept.nonzero()[:, 0])

    def _draw(
        self, batch: _Batch, at: int, weights: Float[Tensor, "masks fine"], judge: Judge
    ) -> tuple[Float[Tensor, "kept mask_h mask_w"], Bool[Tensor, " masks"]]:
        """Draw masks where the image is, and the padding of those that are kept."""
        offset = self._layers[-1].norm4.bias
        mixture = batch.streams[at].mixture
        given = self._upscaling.mix(batch.rows[at], offset)
        rows, columns = self._used
        image = self._upscaling.draw(mixture, given, weights, self._image)
        good = judge(image[:, :rows, :columns])
        weights = weights[good]
        drawn = image.new_zeros(len(weights), *self._encoder.mask_input_size)
        self._image.of(drawn)[:] = image[good]
        for part in self._padding if len(drawn) else ():
            part.of(drawn)[:] = self._upscaling.draw(mixture, given, weights, part)
        return drawn, good


def _update_tokens(
    batch: _Batch, layer: TwoWayAttentionBlock, tokens: Tensor, positions: Tensor, seen: SeenCells
) -> Float[Tensor, "b t c"]:
    tokens = layer.norm1(layer.attend_to_each_other(tokens, positions))
    looks = layer.cross_attn_token_to_image
    tokens = layer.norm2(tokens + _look_at_cells(batch, looks, tokens + positions, seen))
    updated: Tensor = layer.norm3(tokens + layer.mlp(tokens))
    return updated


def _look_at_cells(
    batch: _Batch, attention: Attention, tokens: Float[Tensor, "b t c"], seen: SeenCells
) -> Float[Tensor, "b t c"]:
    queries = _scaled(attention.q_proj(tokens), attention)
    absorbed = _absorb(queries, attention.k_proj.weight, batch.rows)
    values, mixed = zip(
        *(
            stream.show(own, products, seen)
            for stream, own, products in zip(batch.streams, queries, absorbed, strict=True)
        ),
        strict=True,
    )
    rows = torch.bmm(torch.stack(mixed), batch.rows)
    rows = rows.reshape(*queries.shape[:3], -1)
    per_head = attention.v_proj.weight.reshape(attention.num_heads, -1, rows.shape[-1])
    joined = torch.stack(values) + rows @ per_head.transpose(1, 2)
    out: Tensor = attention.out_proj(joined.transpose(1, 2).flatten(2) + seen.offset)
    return out


def _update_cells(
    batch: _Batch,
    layer: TwoWayAttentionBlock,
    tokens: Float[Tensor, "b t c"],
    positions: Float[Tensor, "b t c"],
    looking: LookingCells,
) -> None:
    attention, norm = layer.cross_attn_image_to_token, layer.norm4
    keys = _scaled(attention.k_proj(tokens + positions), attention)
    absorbed = _absorb(keys, attention.q_proj.weight, batch.rows)
    taken = _split(attention.v_proj(tokens), attention)
    batch.taken.append(taken)
    outward = attention.out_proj.weight.T.reshape(attention.num_heads, taken.shape[-1], -1)
    added = (taken @ outward).flatten(1, 2) + looking.row_offset
    rows = torch.cat([batch.rows, added], dim=1)
    rows = rows - rows.mean(dim=-1, keepdim=True)
    products = torch.bmm(rows, rows.transpose(1, 2))
    for at, stream in enumerate(batch.streams):
        stream.look(keys[at], absorbed[at], looking)
        stream.normalise([values[at] for values in batch.taken], products[at], looking, norm)
    batch.rows = rows * norm.weight


def _absorb(
    tokens: Float[Tensor, "b heads t d"],
    cell_weight: Float[Tensor, "inner c"],
    rows: Float[Tensor, "b rows c"],
) -> Float[Tensor, "b all rows"]:
    """Return the products of tokens with projected rows, one line per head and token."""
    per_head = cell_weight.reshape(tokens.shape[1], tokens.shape[3], -1)
    return torch.bmm((tokens @ per_head).flatten(1, 2), rows.transpose(1, 2))


def _scaled(
    projected: Float[Tensor, "b t inner"], attention: Attention
) -> Float[Tensor, "b heads t d"]:
    split = _split(projected, attention)
    scale: float = split.shape[-1] ** -0.5
    return split * scale


def _split(
    projected: Float[Tensor, "b t inner"], attention: Attention
) -> Float[Tensor, "b heads t d"]:
    split = projected.reshape(*projected.shape[:2], attention.num_heads, -1)
    return split.transpose(1, 2)
