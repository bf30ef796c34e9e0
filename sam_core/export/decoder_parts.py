"""The parts of decoder and prompt encoder that the fast form takes apart, types checked."""

from typing import NamedTuple

from torch import Tensor, nn

from sam_core.errors import ExportError
from sam_core.modeling import MaskDecoder, PromptEncoder, TwoWayTransformer
from sam_core.modeling.common import LayerNorm2d
from sam_core.modeling.two_way_transformer import TwoWayAttentionBlock


class Upscaling(NamedTuple):
    """The up-scaling of the image features, layer by layer."""

    first: nn.ConvTranspose2d
    norm: LayerNorm2d
    act1: nn.Module
    second: nn.ConvTranspose2d
    act2: nn.Module


def transformer_of(decoder: MaskDecoder) -> TwoWayTransformer:
    """Return the decoder's transformer.

    Raises:
        ExportError: If it is not the published one.
    """
    transformer = decoder.transformer
    if not isinstance(transformer, TwoWayTransformer):
        raise ExportError(
            f"decoder must have a TwoWayTransformer, got {type(transformer).__name__}; "
            "its fast form is not known"
        )
    return transformer


def layers_of(transformer: TwoWayTransformer) -> list[TwoWayAttentionBlock]:
    """Return the two-way layers in order."""
    return [layer for layer in transformer.layers if isinstance(layer, TwoWayAttentionBlock)]


def upscaling_of(decoder: MaskDecoder) -> Upscaling:
    """Return the decoder's up-scaling.

    Raises:
        ExportError: If it is not the published one.
    """
    layers = tuple(decoder.output_upscaling)
    match layers:
        case (
            nn.ConvTranspose2d() as first,
            LayerNorm2d() as norm,
            act1,
            nn.ConvTranspose2d() as second,
            act2,
        ) if all(layer.kernel_size == layer.stride == (2, 2) for layer in (first, second)):
            return Upscaling(first, norm, act1, second, act2)
    names = ", ".join(type(layer).__name__ for layer in layers)
    raise ExportError(
        "decoder must scale up by two 2 x 2 transposed convolutions of stride 2 with a "
        f"normalisation after the first, got {names}; its fast form is not known"
    )


class MaskLayers(NamedTuple):
    """The mask branch of a prompt encoder."""

    first: nn.Module
    others: nn.Sequential
    last_weight: Tensor
    last_bias: Tensor


def mask_layers_of(prompt_encoder: PromptEncoder) -> MaskLayers:
    """Return the layers that embed a mask prompt.

    Raises:
        ExportError: If the last is not a convolution of single cells.
    """
    first, *others, last = prompt_encoder.mask_downscaling
    if not isinstance(last, nn.Conv2d) or last.kernel_size != (1, 1) or last.bias is None:
        raise ExportError(
            "mask branch must end with a 1 x 1 convolution with a bias, got "
            f"{type(last).__name__}; its fast form is not known"
        )
    return MaskLayers(first, nn.Sequential(*others), last.weight, last.bias)
