"""What single clicks draw into the dense prompt, for many clicks at once, cell by cell."""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from sam_core.export.decoder_parts import mask_layers_of
from sam_core.export.quadrants import QUADRANTS, SIDE
from sam_core.modeling import DensePromptEncoder
from sam_core.modeling.common import LayerNorm2d
from sam_core.modeling.dense_prompt_encoder import CLICK_RADII

_FIRST_DRAWN = 1  # channel: after the previous mask come the bumps of foreground clicks


class DrawnPoints:
    """The dense prompts of foreground clicks without a previous mask.

    A bump is a product of a row and a column and all other channels are empty, so the
    drawing is made in the order in which the strided convolutions read it, and each of them
    is a matrix product.

    Args:
        prompt_encoder: Its weights are used.

    Raises:
        ExportError: If the mask branch has an unknown form.
    """

    def __init__(self, prompt_encoder: DensePromptEncoder) -> None:
        layers = mask_layers_of(prompt_encoder)
        first = layers.first
        norm1, self._act1, second, norm2, self._act2 = layers.others
        assert isinstance(first, nn.Conv2d)
        assert isinstance(second, nn.Conv2d)
        assert isinstance(norm1, LayerNorm2d)
        assert isinstance(norm2, LayerNorm2d)
        self._norm1, self._norm2 = norm1, norm2
        self._input_size = prompt_encoder.input_image_size
        self._grid = prompt_encoder.image_embedding_size
        chosen = slice(_FIRST_DRAWN, _FIRST_DRAWN + len(CLICK_RADII))
        self._first = first.weight[:, chosen].flatten(1).T.contiguous()
        self._first_bias = _bias_of(first)
        self._second = second.weight.permute(2, 3, 1, 0).flatten(0, 2).contiguous()
        self._second_bias = _bias_of(second)
        self._last = layers.last_weight.flatten(1).T.contiguous()
        self._last_bias = layers.last_bias
        self._absent = prompt_encoder.no_mask_embed.weight

    def __call__(self, coords: Float[Tensor, "b 2"]) -> Float[Tensor, "b cells c"]:
        """Return the dense prompt of each click.

        Args:
            coords: x, y in pixel indices of model space.
        """
        quads = torch.addmm(self._first_bias, self._draw(coords), self._first)
        quads = self._act1(normalise(quads, self._norm1))
        cells = quads.reshape(-1, self._second.shape[0])
        cells = torch.addmm(self._second_bias, cells, self._second)
        cells = self._act2(normalise(cells, self._norm2))
        embedded = torch.addmm(self._last_bias + self._absent, cells, self._last)
        return embedded.reshape(len(coords), -1, embedded.shape[-1])

    def _draw(self, coords: Float[Tensor, "b 2"]) -> Float[Tensor, "places c"]:
        """Return the bumps; places by cell and its quadrants, channels as the kernels have them."""
        (rows, columns), (height, width) = self._grid, self._input_size
        radii = coords.new_tensor(CLICK_RADII).reshape(1, -1, 1)
        falloff = -0.5 / radii**2
        across = _bumps((coords[:, 0] + 0.5) / width, columns, falloff)
        down = _bumps((coords[:, 1] + 0.5) / height, rows, falloff)
        count, kinds = len(coords), len(CLICK_RADII)
        drawn = down.reshape(count, rows, 1, SIDE, 1, kinds, SIDE, 1) * across.reshape(
            count, 1, columns, 1, SIDE, kinds, 1, SIDE
        )
        return drawn.reshape(-1, kinds * QUADRANTS)


def _bias_of(layer: nn.Conv2d) -> Tensor:
    return layer.bias if layer.bias is not None else layer.weight.new_zeros(layer.out_channels)


def normalise(values: Float[Tensor, "... c"], norm: LayerNorm2d) -> Float[Tensor, "... c"]:
    """Return values after the normalisation of a map, channels last."""
    return functional.layer_norm(values, values.shape[-1:], norm.weight, norm.bias, norm.eps)


def _bumps(
    positions: Float[Tensor, " b"], cells: int, falloff: Float[Tensor, "1 k 1"]
) -> Float[Tensor, "b cells quads k pixels"]:
    """Return the bumps along one side, split as two strided convolutions read it.

    Args:
        positions: Of the clicks, as fractions of the side.
        cells: Of the image embedding along the side.
        falloff: Of each kind of bump.
    """
    places = cells * QUADRANTS
    centres = (torch.arange(places, device=positions.device) + 0.5).to(positions) / places
    values = (falloff * (positions.reshape(-1, 1, 1) - centres) ** 2).exp()
    split = values.reshape(*values.shape[:2], cells, SIDE, SIDE)
    return split.permute(0, 2, 3, 1, 4)
