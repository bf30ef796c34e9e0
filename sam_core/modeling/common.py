"""Small layers that the encoder, the prompt encoder and the decoder share."""

from itertools import pairwise

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional


class MLPBlock(nn.Module):
    """Two linear layers with an activation between them, as in a transformer block."""

    def __init__(self, embedding_dim: int, mlp_dim: int, act: type[nn.Module] = nn.GELU) -> None:
        super().__init__()
        self.lin1 = nn.Linear(embedding_dim, mlp_dim)
        self.lin2 = nn.Linear(mlp_dim, embedding_dim)
        self.act = act()

    def forward(self, x: Float[Tensor, "... channels"]) -> Float[Tensor, "... channels"]:
        """Return the transformed features, each position on its own."""
        out: Tensor = self.lin2(self.act(self.lin1(x)))
        return out


class LayerNorm2d(nn.Module):
    """Layer normalisation over the channels of a feature map."""

    def __init__(self, num_channels: int, eps: float = 1e-6) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(num_channels))
        self.bias = nn.Parameter(torch.zeros(num_channels))
        self.eps = eps

    def forward(self, x: Float[Tensor, "b c h w"]) -> Float[Tensor, "b c h w"]:
        """Return ``x`` with zero mean and unit variance over its channels at each pixel."""
        channels_last = x.permute(0, 2, 3, 1)
        normalised = functional.layer_norm(
            channels_last, self.weight.shape, self.weight, self.bias, self.eps
        )
        return normalised.permute(0, 3, 1, 2)


class MLP(nn.Module):
    """A stack of linear layers with ReLU between them, used by the decoder's heads."""

    def __init__(
        self,
        input_dim: int,
        hidden_dim: int,
        output_dim: int,
        num_layers: int,
    ) -> None:
        super().__init__()
        widths = [input_dim, *[hidden_dim] * (num_layers - 1), output_dim]
        self.layers = nn.ModuleList(nn.Linear(before, after) for before, after in pairwise(widths))

    def forward(self, x: Float[Tensor, "... inputs"]) -> Float[Tensor, "... outputs"]:
        """Return the head's output."""
        *hidden, last = self.layers
        for layer in hidden:
            x = functional.relu(layer(x))
        out: Tensor = last(x)
        return out


def resample_grid(
    grid: Float[Tensor, "1 c rows columns"], size: tuple[int, int]
) -> Float[Tensor, "1 c h w"]:
    """Return a learnt grid of positions at another size; the same size gives it unchanged."""
    if grid.shape[2:] == size:
        return grid
    return functional.interpolate(
        grid, size=size, mode="bilinear", antialias=True, align_corners=False
    )
