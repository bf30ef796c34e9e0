"""Up-scaling with the four outputs of a cell kept apart until they are logits.

A transposed convolution with a stride as long as its kernel makes a square of outputs from
every cell alone: a matrix product. Everything up to the logits acts on single outputs, so
they need not lie where they belong before there are only a few logits of them to move.
"""

from jaxtyping import Float
from torch import Tensor, nn

SIDE = 2
"""Kernel size and stride of the up-scaling."""

QUADRANTS = SIDE**2
"""Outputs of a cell, row by row."""


def doubling_matrix(convolution: nn.ConvTranspose2d) -> Float[Tensor, "outputs c"]:
    """Return the matrix from a cell's channels to those of its quadrants, one after the other."""
    weight = convolution.weight  # (c, out, 2, 2)
    return weight.permute(2, 3, 1, 0).reshape(-1, weight.shape[0])


def doubling_bias(convolution: nn.ConvTranspose2d) -> Float[Tensor, "outputs 1"]:
    """Return the bias that goes with the matrix.

    Raises:
        ValueError: If the layer has none.
    """
    if convolution.bias is None:
        raise ValueError("transposed convolution must have a bias, got one without")
    return convolution.bias.repeat(QUADRANTS).unsqueeze(1)


def centre_quadrants(values: Float[Tensor, "outputs k"]) -> Float[Tensor, "outputs k"]:
    """Take from the channels of each quadrant their mean, as a layer normalisation would."""
    channels = values.reshape(QUADRANTS, -1, values.shape[1])
    return (channels - channels.mean(dim=1, keepdim=True)).reshape(values.shape)


def split_once(features: Float[Tensor, "c h2 w2"]) -> Float[Tensor, "outputs cells"]:
    """Return a map of twice the grid's side, quadrant by quadrant."""
    channels, height, width = features.shape
    split = features.reshape(channels, height // SIDE, SIDE, width // SIDE, SIDE)
    return split.permute(2, 4, 0, 1, 3).reshape(QUADRANTS * channels, -1)


def split_twice(features: Float[Tensor, "c h4 w4"]) -> Float[Tensor, "quadrants outputs cells"]:
    """Return a map of four times the grid's side, by quadrant and its quadrants in turn."""
    channels, height, width = features.shape
    rows, columns = height // QUADRANTS, width // QUADRANTS
    split = features.reshape(channels, rows, SIDE, SIDE, columns, SIDE, SIDE)
    order = split.permute(2, 5, 3, 6, 0, 1, 4)
    return order.reshape(QUADRANTS, QUADRANTS * channels, rows * columns)


def join_twice(
    values: Float[Tensor, "places c cells"], grid: tuple[int, int]
) -> Float[Tensor, "1 c h4 w4"]:
    """Undo `split_twice`.

    Args:
        values: Per quadrant of a quadrant, in `split_twice`'s order, the channels of all cells.
        grid: Rows and columns of the cells.
    """
    rows, columns = grid
    split = values.reshape(SIDE, SIDE, SIDE, SIDE, -1, rows, columns)
    order = split.permute(4, 5, 0, 2, 6, 1, 3)
    return order.reshape(1, -1, QUADRANTS * rows, QUADRANTS * columns)
