"""The mask decoder from prompts and the constants of an image to logits."""

from collections.abc import Mapping

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.export.decoder_parts import layers_of, transformer_of, upscaling_of
from sam_core.export.dense_rows import DenseRows
from sam_core.export.image_stream import ImageStream
from sam_core.export.quadrants import (
    QUADRANTS,
    centre_quadrants,
    doubling_bias,
    doubling_matrix,
    join_twice,
)
from sam_core.export.stream_attention import (
    StreamLooksAtTokens,
    TokensLookAtStream,
    TokensLookAtTokens,
    all_heads,
    heads_of_cells,
)
from sam_core.modeling import Sam
from sam_core.modeling.quality_head import MaskQualityHead
from sam_core.modeling.two_way_transformer import TwoWayAttentionBlock

STABILITY_OFFSET = 1.0
"""Distance of the two thresholds whose masks a stable mask hardly tells apart."""


class PromptDecoder(nn.Module):
    """The decoder as a function of constants and prompts; equal to the published order.

    Args:
        sam: The model; its weights are used, not copied.
        constant_names: Which inputs come first.
    """

    final_position_keys: Tensor

    def __init__(self, sam: Sam, constant_names: tuple[str, ...]) -> None:
        super().__init__()
        self.prompt_encoder = sam.prompt_encoder
        self.decoder = sam.mask_decoder
        self.constant_names = constant_names
        self.dense = DenseRows(sam.prompt_encoder)
        positions = sam.prompt_encoder.get_dense_pe().detach()[0].flatten(1)
        transformer = transformer_of(sam.mask_decoder)
        self.layers = [
            StreamLayer(layer, positions if index else None)
            for index, layer in enumerate(layers_of(transformer))
        ]
        final = transformer.final_attn_token_to_image
        self.final_attention = TokensLookAtStream(final)
        self.final_norm = transformer.norm_final_attn
        self.upscaling = upscaling_of(sam.mask_decoder)
        keys = heads_of_cells(final.k_proj.weight @ positions, final)
        self.register_buffer("final_position_keys", keys.detach(), persistent=False)

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return logits, predicted IoU and stability of all mask tokens.

        Args:
            *inputs: The constants; then coordinates, labels, and the mask prompt as a batch
                of one, or of none.
        """
        count = len(self.constant_names)
        constants = dict(zip(self.constant_names, inputs[:count], strict=True))
        coords, labels, mask_input = inputs[count:]
        sparse = self.prompt_encoder.embed_tokens(coords, labels)[0]
        outputs = (self.decoder.iou_token.weight, self.decoder.mask_tokens.weight)
        positions = torch.cat([*outputs, sparse])
        mixture, given = self.dense(coords, labels, mask_input)
        rows = self.dense.mixed_in(self.dense.rows(), given)
        stream = ImageStream(mixture, rows, None, torch.zeros_like(self.dense.absent()))
        tokens, taken = positions, []
        for index, layer in enumerate(self.layers):
            own = _of_layer(constants, f"layer{index}_")
            tokens = layer.update_tokens(stream, tokens, positions, own)
            stream, values = layer.look(stream, tokens, positions, own)
            taken.append(values)
            products = [self.dense.mixed_in(own["dense"], given)]
            products += [
                all_heads(values @ own[f"outputs{place}"]) + own[f"offset{place}"]
                for place, values in enumerate(taken)
            ]
            stream = stream.normalise(layer.norm4, own["squares"], torch.cat(products))
        attended = self.final_attention(
            stream,
            tokens + positions,
            constants["final_keys"],
            constants["final_values"],
            self.final_position_keys,
        )
        tokens = self.final_norm(tokens + attended)
        logits, iou = self._draw(stream, tokens, constants)
        has_mask = given.sum(dim=0).reshape(1)
        logits = self.prompt_encoder.hold_clicks(logits, coords, labels, has_mask)
        strict = (logits > STABILITY_OFFSET).float().sum(dim=(2, 3))
        loose = (logits > -STABILITY_OFFSET).float().sum(dim=(2, 3))
        return logits, iou, strict / loose.clamp(min=1)

    def _draw(
        self, stream: ImageStream, tokens: Float[Tensor, "t c"], constants: Mapping[str, Tensor]
    ) -> tuple[Float[Tensor, "1 masks mask_h mask_w"], Float[Tensor, "1 masks"]]:
        fine = self._upscale(stream, constants)  # (16, c / 8, cells)
        heads = self.decoder.output_hypernetworks_mlps
        masks = tokens[1 : 1 + len(heads)]
        weights = torch.cat([head(masks[index : index + 1]) for index, head in enumerate(heads)])
        grid = self.prompt_encoder.image_embedding_size
        logits = join_twice(weights @ fine, grid)
        head = self.decoder.iou_prediction_head
        if isinstance(head, MaskQualityHead):
            features = stream.whole(constants["base"]).reshape(1, -1, *grid)
            iou = head(tokens[:1], masks.unsqueeze(0), features, join_twice(fine, grid), logits)
        else:
            iou = head(tokens[:1])
        return logits, iou

    def _upscale(
        self, stream: ImageStream, constants: Mapping[str, Tensor]
    ) -> Float[Tensor, "places c cells"]:
        first, norm, act1, second, act2 = self.upscaling
        matrix = centre_quadrants(doubling_matrix(first))
        everywhere = matrix @ stream.offset.unsqueeze(1) + centre_quadrants(doubling_bias(first))
        # In place: these are the largest arrays of a decode, and new ones cost more than the sums.
        middle = (stream.scaled(constants["upscaled"]) + stream.mixed(matrix)).add_(everywhere)
        if "stride8" in constants:
            middle.add_(constants["stride8"])
        middle = middle.reshape(QUADRANTS, -1, middle.shape[-1])
        # The mean of the channels is zero already: the matrices were centred instead.
        factor = (middle.square().mean(dim=1, keepdim=True) + norm.eps).rsqrt()
        middle = middle.mul_(factor).mul_(norm.weight.unsqueeze(1)).add_(norm.bias.unsqueeze(1))
        fine = (doubling_matrix(second) @ act1(middle)).add_(doubling_bias(second))
        if "stride4" in constants:
            fine.add_(constants["stride4"])
        upscaled: Tensor = act2(fine).reshape(QUADRANTS**2, -1, fine.shape[-1])
        return upscaled


class StreamLayer(nn.Module):
    """A two-way layer on an image stream.

    Args:
        layer: The published form; its parts are used, not copied.
        positions: Positions of the cells, unless the layer's constants have them in.
    """

    position_keys: Tensor | None
    position_queries: Tensor | None

    def __init__(
        self, layer: TwoWayAttentionBlock, positions: Float[Tensor, "c cells"] | None
    ) -> None:
        super().__init__()
        self.layer = layer
        self.norm4 = layer.norm4
        looked, looks = layer.cross_attn_token_to_image, layer.cross_attn_image_to_token
        self.tokens_meet = TokensLookAtTokens(layer.self_attn)
        self.tokens_look = TokensLookAtStream(looked)
        self.stream_looks = StreamLooksAtTokens(looks)
        keys = queries = None
        if positions is not None:
            keys = heads_of_cells(looked.k_proj.weight @ positions, looked).detach()
            queries = heads_of_cells(looks.q_proj.weight @ positions, looks).detach()
        self.register_buffer("position_keys", keys, persistent=False)
        self.register_buffer("position_queries", queries, persistent=False)

    def update_tokens(
        self,
        stream: ImageStream,
        tokens: Float[Tensor, "t c"],
        positions: Float[Tensor, "t c"],
        constants: Mapping[str, Tensor],
    ) -> Float[Tensor, "t c"]:
        """Return the tokens after they looked at each other and at the image.

        Args:
            stream: The image.
            tokens: The tokens.
            positions: The tokens as they were at first.
            constants: The layer's own.
        """
        layer = self.layer
        # In the first layer the tokens are their own positions: neither is added, as published.
        if layer.skip_first_layer_pe:
            tokens = layer.norm1(self.tokens_meet(tokens, tokens))
        else:
            tokens = layer.norm1(tokens + self.tokens_meet(tokens + positions, tokens))
        seen = self.tokens_look(
            stream,
            tokens + positions,
            constants["keys"],
            constants["values"],
            self.position_keys,
        )
        tokens = layer.norm2(tokens + seen)
        updated: Tensor = layer.norm3(tokens + layer.mlp(tokens))
        return updated

    def look(
        self,
        stream: ImageStream,
        tokens: Float[Tensor, "t c"],
        positions: Float[Tensor, "t c"],
        constants: Mapping[str, Tensor],
    ) -> tuple[ImageStream, Float[Tensor, "heads t d"]]:
        """Return the stream after it looked at the tokens, and the values it took.

        Args:
            stream: The image.
            tokens: The updated tokens.
            positions: The tokens as they were at first.
            constants: The layer's own.
        """
        seen: tuple[ImageStream, Tensor] = self.stream_looks(
            stream, tokens + positions, tokens, constants["queries"], self.position_queries
        )
        return seen


def _of_layer(constants: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): value
        for name, value in constants.items()
        if name.startswith(prefix)
    }
