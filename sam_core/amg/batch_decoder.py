"""The mask decoder for many prompts of one image at once, without moving what need not move."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.amg.cell_attention import cells_look_at_tokens, tokens_look_at_cells
from sam_core.amg.drawn_points import DrawnPoints, normalise
from sam_core.export.decoder_parts import layers_of, transformer_of, upscaling_of
from sam_core.export.quadrants import (
    QUADRANTS,
    SIDE,
    doubling_bias,
    doubling_matrix,
    split_once,
    split_twice,
)
from sam_core.modeling import DensePromptEncoder, Sam
from sam_core.modeling.common import LayerNorm2d
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.modeling.quality_head import MaskQualityHead
from sam_core.prompts import FOREGROUND_LABEL, PADDING_LABEL

_CACHED_VALUES = 2**19
"""Image features that fit into a processor's caches: 2 MB.

The up-scaled features are eight times as large; arrays larger than that are given back to the
system after every step and asked for page by page again. On one thread ten points of the shipped
model cost 6.9 ms each and five 5.3. For a whole photograph on two threads of a busy machine it made
no difference: 6.3 s of processor time, mean of four runs each, taking turns.
"""

_MOST_TOGETHER = 16


def prompts_together(features: ImageFeatures) -> int:
    """Return how many prompts are best answered in one call: their features stay in the caches."""
    values = features.image_embeddings[0].numel()
    return max(1, min(_CACHED_VALUES // values, _MOST_TOGETHER))


class BatchDecoder:
    """Answers prompts together, in the published order of the layers.

    Channels come last everywhere, so that every layer is a matrix product, and the pixels of a
    cell stay beside it until they are logits.

    Args:
        sam: The model; its weights are shared.
        features: Of one image.
    """

    def __init__(self, sam: Sam, features: ImageFeatures) -> None:
        self._encoder, self._decoder = sam.prompt_encoder, sam.mask_decoder
        self._transformer = transformer_of(sam.mask_decoder)
        self._grid = sam.prompt_encoder.image_embedding_size
        self._positions = _cells_first(sam.prompt_encoder.get_dense_pe()[0])
        self._base = _cells_first(features.image_embeddings[0])
        encoder = sam.prompt_encoder
        self._points = DrawnPoints(encoder) if isinstance(encoder, DensePromptEncoder) else None
        up = upscaling_of(sam.mask_decoder)
        self._up = up
        self._first, self._second = doubling_matrix(up.first).T, doubling_matrix(up.second).T
        self._add_first = doubling_bias(up.first).T
        self._add_second = doubling_bias(up.second).T
        if features.high_res_features:
            stride4, stride8 = features.high_res_features
            self._add_first = self._add_first + split_once(stride8[0]).T
            quads = split_twice(stride4[0]).permute(2, 0, 1)
            self._add_second = (self._add_second + quads).flatten(0, 1)

    @torch.no_grad()
    def decode_points(self, coords: Float[Tensor, "b 2"]) -> tuple[Tensor, Tensor]:
        """Return the three candidates of single clicks.

        Args:
            coords: x, y in pixel indices of model space.

        Returns:
            Low-resolution logits (b, 3, mask height, mask width) and predicted IoU (b, 3).
        """
        pairs = torch.stack([coords, torch.zeros_like(coords)], dim=1)
        labels = coords.new_tensor([[FOREGROUND_LABEL, PADDING_LABEL]]).expand(len(coords), 2)
        if self._points is not None:
            cells = self._points(coords) + self._base
        else:
            cells = self._embed_dense(pairs, labels, None)
        return self._decode(cells, self._encoder.embed_tokens(pairs, labels), slice(1, None))

    @torch.no_grad()
    def decode(
        self,
        coords: Float[Tensor, "b n 2"],
        labels: Float[Tensor, "b n"],
        masks: Float[Tensor, "b 1 mask_h mask_w"] | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Return the one mask of clear prompts: a box, a corrected mask, several points.

        Args:
            coords: Pixel indices x, y in model space.
            labels: Labels of the points; box corners are points.
            masks: Low-resolution logits of earlier masks.

        Returns:
            Low-resolution logits (b, 1, mask height, mask width) and predicted IoU (b, 1).
        """
        cells = self._embed_dense(coords, labels, masks)
        tokens = self._encoder.embed_tokens(coords, labels)
        logits, quality = self._decode(cells, tokens, slice(0, 1))
        has_mask = coords.new_full((len(coords),), 0.0 if masks is None else 1.0)
        return self._encoder.hold_clicks(logits, coords, labels, has_mask), quality

    def _embed_dense(
        self, coords: Tensor, labels: Tensor, masks: Tensor | None
    ) -> Float[Tensor, "b cells c"]:
        present = coords.new_full((len(coords),), 0.0 if masks is None else 1.0)
        if masks is None:
            masks = coords.new_zeros(len(coords), 1, *self._encoder.mask_input_size)
        dense = self._encoder.embed_dense(coords, labels, masks, present)
        return dense.flatten(2).transpose(1, 2) + self._base

    def _decode(
        self,
        cells: Float[Tensor, "b cells c"],
        prompts: Float[Tensor, "b n c"],
        chosen: slice,
    ) -> tuple[Tensor, Tensor]:
        outputs = torch.cat([self._decoder.iou_token.weight, self._decoder.mask_tokens.weight])
        positions = torch.cat([outputs.expand(len(cells), -1, -1), prompts], dim=1)
        tokens = positions
        for layer in layers_of(self._transformer):
            tokens = layer.norm1(layer.attend_to_each_other(tokens, positions))
            placed = cells + self._positions
            seen = tokens_look_at_cells(
                layer.cross_attn_token_to_image, tokens + positions, placed, cells
            )
            tokens = layer.norm2(tokens + seen)
            tokens = layer.norm3(tokens + layer.mlp(tokens))
            cells = cells_look_at_tokens(
                layer.cross_attn_image_to_token, cells, placed, tokens + positions, tokens
            )
            cells = layer.norm4(cells)
        final, placed = self._transformer.final_attn_token_to_image, cells + self._positions
        attended = tokens_look_at_cells(final, tokens + positions, placed, cells)
        return self._draw(cells, self._transformer.norm_final_attn(tokens + attended), chosen)

    def _draw(
        self, cells: Float[Tensor, "b cells c"], tokens: Float[Tensor, "b t c"], chosen: slice
    ) -> tuple[Tensor, Tensor]:
        fine = self._upscale(cells)
        heads = list(self._decoder.output_hypernetworks_mlps)
        masks = tokens[:, 1 : 1 + len(heads)][:, chosen]
        heads = heads[chosen]
        weights = torch.stack([head(masks[:, at]) for at, head in enumerate(heads)], dim=1)
        drawn = torch.bmm(weights, fine.transpose(1, 2))
        head = self._decoder.iou_prediction_head
        if isinstance(head, MaskQualityHead):
            quality = head.judge(tokens[:, 0], masks, cells, fine, drawn)
        else:
            quality = head(tokens[:, 0])[:, chosen]
        return self._to_map(drawn), quality

    def _upscale(self, cells: Float[Tensor, "b cells c"]) -> Float[Tensor, "b places fine"]:
        count, up = len(cells), self._up
        quads = (cells @ self._first).add_(self._add_first)
        quads = quads.reshape(count, -1, quads.shape[-1] // QUADRANTS)
        assert isinstance(up.norm, LayerNorm2d)
        quads = _activate(up.act1, normalise(quads, up.norm))
        fine = _activate(up.act2, (quads @ self._second).add_(self._add_second))
        upscaled: Tensor = fine.reshape(count, -1, fine.shape[-1] // QUADRANTS)
        return upscaled

    def _to_map(self, drawn: Float[Tensor, "b m places"]) -> Float[Tensor, "b m h4 w4"]:
        rows, columns = self._grid
        split = drawn.reshape(*drawn.shape[:2], rows, columns, SIDE, SIDE, SIDE, SIDE)
        order = split.permute(0, 1, 2, 4, 6, 3, 5, 7)
        return order.reshape(*drawn.shape[:2], QUADRANTS * rows, QUADRANTS * columns)


def _activate(activation: nn.Module, values: Tensor) -> Tensor:
    """Return values after an activation; they may be overwritten."""
    return values.relu_() if isinstance(activation, nn.ReLU) else activation(values)


def _cells_first(features: Float[Tensor, "c h w"]) -> Float[Tensor, "cells c"]:
    return features.flatten(1).T.contiguous()
