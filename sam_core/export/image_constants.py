"""What the decoder needs of an image and of no prompt: computed once per image."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from sam_core.export.decoder_parts import layers_of, transformer_of, upscaling_of
from sam_core.export.dense_rows import DenseRows
from sam_core.export.quadrants import (
    centre_quadrants,
    doubling_matrix,
    split_once,
    split_twice,
)
from sam_core.export.stream_attention import heads_of_cells
from sam_core.modeling import Sam
from sam_core.modeling.quality_head import MaskQualityHead
from sam_core.modeling.two_way_transformer import Attention, TwoWayAttentionBlock


class ImageConstants(nn.Module):
    """Projections of the base of each layer's `ImageStream`.

    The base of the first layer is the embedding; that of the next is the centred base times
    the weights of the layer's normalisation.

    Args:
        sam: The model; its weights are used, not copied.
    """

    positions: Tensor

    def __init__(self, sam: Sam) -> None:
        super().__init__()
        self.decoder = sam.mask_decoder
        self.transformer = transformer_of(sam.mask_decoder)
        self.upscaling = upscaling_of(sam.mask_decoder)
        self.dense = DenseRows(sam.prompt_encoder)
        positions = sam.prompt_encoder.get_dense_pe().detach()[0].flatten(1)
        self.register_buffer("positions", positions, persistent=False)

    def forward(self, *features: Tensor) -> tuple[Tensor, ...]:
        """Return the values of `compute`, in the same order."""
        return tuple(self.compute(*features).values())

    def compute(self, *features: Tensor) -> dict[str, Tensor]:
        """Return the constants by name.

        Args:
            *features: Feature maps of the image, the embedding first.
        """
        base = features[0][0].flatten(1) + self.dense.absent().unsqueeze(1)
        constants: dict[str, Tensor] = {}
        earlier: list[TwoWayAttentionBlock] = []
        offset = torch.zeros_like(self.dense.absent())
        offsets: list[Tensor] = []
        for index, layer in enumerate(layers_of(self.transformer)):
            placed = base + self.positions if index == 0 else base
            looks, looked = layer.cross_attn_image_to_token, layer.cross_attn_token_to_image
            own = keys_and_values(looked, placed, base)
            own["queries"] = heads_of_cells(looks.q_proj.weight @ placed, looks)
            centred = base - base.mean(dim=0, keepdim=True)
            own["squares"] = centred.square().sum(dim=0, keepdim=True)
            earlier.append(layer)
            offsets.append((offset + looks.out_proj.bias) / looks.num_heads)
            own |= self._products(earlier, offsets, centred)
            constants |= {f"layer{index}_{name}": value for name, value in own.items()}
            base, offset = centred * layer.norm4.weight.unsqueeze(1), layer.norm4.bias
        last = keys_and_values(self.transformer.final_attn_token_to_image, base, base)
        constants |= {f"final_{name}": value for name, value in last.items()}
        return constants | self._for_upscaling(base, features[1:])

    def _products(
        self, layers: list[TwoWayAttentionBlock], offsets: list[Tensor], centred: Tensor
    ) -> dict[str, Tensor]:
        # Rows that a layer added are centred and weighted by every normalisation since; here
        # the base is, in the opposite order, which gives the same products.
        products: dict[str, Tensor] = {}
        reached = centred
        for index in reversed(range(len(layers))):
            if index < len(layers) - 1:
                reached = reached * layers[index].norm4.weight.unsqueeze(1)
                reached = reached - reached.mean(dim=0, keepdim=True)
            looks = layers[index].cross_attn_image_to_token
            projected = looks.out_proj.weight.T @ reached
            products[f"outputs{index}"] = heads_of_cells(projected, looks)
            products[f"offset{index}"] = offsets[index].unsqueeze(0) @ reached
        products["dense"] = self.dense.rows() @ reached
        return products

    def _for_upscaling(self, base: Tensor, high_res: tuple[Tensor, ...]) -> dict[str, Tensor]:
        matrix = centre_quadrants(doubling_matrix(self.upscaling.first))
        constants = {"upscaled": matrix @ base}
        if high_res:
            stride4, stride8 = high_res
            constants["stride4"] = split_twice(stride4[0])
            constants["stride8"] = centre_quadrants(split_once(stride8[0]))
        if isinstance(self.decoder.iou_prediction_head, MaskQualityHead):
            constants["base"] = base
        return constants


def keys_and_values(
    attention: Attention,
    placed: Float[Tensor, "c cells"],
    base: Float[Tensor, "c cells"],
) -> dict[str, Tensor]:
    """Return the base as keys and values of an attention to the image.

    Args:
        attention: The attention.
        placed: What is projected to keys.
        base: What is projected to values.
    """
    values = heads_of_cells(attention.v_proj.weight @ base, attention)
    return {
        "keys": heads_of_cells(attention.k_proj.weight @ placed, attention),
        "values": values.transpose(1, 2),
    }
