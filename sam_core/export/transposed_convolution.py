"""A transposed convolution without overlap as one matrix product."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

SIDE = 2
"""Kernel size and stride of the decoder's up-scaling."""


class DoubleByProduct(nn.Module):
    """Double the height and width of a map; equal to the convolution it is made of.

    With a stride as long as the kernel no two cells reach the same output, so every cell
    gives its own square of outputs: a product with a matrix of one column per output value.
    onnxruntime's kernels for products are faster than those for transposed convolutions.

    Args:
        convolution: 2 x 2 with stride 2; its weights are used, not copied.
    """

    def __init__(self, convolution: nn.ConvTranspose2d) -> None:
        super().__init__()
        self.convolution = convolution

    def forward(self, x: Float[Tensor, "b c h w"]) -> Float[Tensor, "b out h2 w2"]:
        """Return the map with every cell enlarged to 2 x 2."""
        weight, bias = self.convolution.weight, self.convolution.bias
        batch, channels, height, width = x.shape
        cells = x.permute(0, 2, 3, 1).reshape(batch, height * width, channels)
        # A product for the upper and one for the lower outputs of each cell: their rows then
        # only have to be put one below the other, which costs less than moving single values.
        columns = weight.permute(2, 0, 3, 1).reshape(SIDE, channels, -1)  # (2, c, 2 out)
        rows = [(cells @ part).reshape(batch, height, 1, -1) for part in columns]
        pixels = torch.cat(rows, dim=2).reshape(batch, SIDE**2 * height * width, -1)
        if bias is not None:
            pixels = pixels + bias
        return pixels.transpose(1, 2).reshape(batch, -1, SIDE * height, SIDE * width)
