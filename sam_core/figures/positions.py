"""How alike the positional encodings of two places are."""

import math

import numpy as np
import torch
from jaxtyping import Float
from matplotlib.figure import Figure
from numpy.typing import NDArray
from torch import Tensor

from sam_core.figures.style import BLUE, HEAT, INK, ORANGE, QUIET, caption, figure_of, hide_frame
from sam_core.modeling.positional_encoding import PositionEmbeddingRandom

CELLS = 96
CHOSEN = (0.38, 0.42)
"""x, y of the place that all others are compared with, in the unit square."""

REACH = 0.5


def separate_sinusoids(coords: Float[Tensor, "... 2"], features: int) -> Float[Tensor, "... c"]:
    """Return the encoding of the first transformers: one half for x, the other for y.

    Args:
        coords: x, y in the unit square, which counts as a grid of 64 x 64 cells.
        features: Length of the encoding, a multiple of 4.
    """
    steps = torch.arange(features // 4, dtype=coords.dtype) / (features // 4)
    frequencies = 10_000**-steps
    phases = 64 * coords.unsqueeze(-1) * frequencies  # (..., 2, features / 4)
    return torch.cat([phases.sin(), phases.cos()], dim=-1).flatten(-2)


def similarity(
    encoded: Float[Tensor, "... c"], chosen: Float[Tensor, " c"]
) -> Float[Tensor, "..."]:
    """Return the cosine of the angle between encodings: 1 where they are equal."""
    return torch.cosine_similarity(encoded, chosen, dim=-1)


def expected_similarity(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what random Fourier features give on average over their random matrix.

    Args:
        distance: Euclidean, in sides of the unit square.

    Source:
        The mean of cos(2 pi b . d) over a standard normal b is exp(-2 pi^2 |d|^2); our
        coordinates run from -1 to 1, so d is twice the distance.
    """
    expected: NDArray[np.float64] = np.exp(-8 * np.square(math.pi * distance))
    return expected


def draw_position_similarity(encoder: PositionEmbeddingRandom) -> Figure:
    """Return heat maps of the similarity to one place, and how it falls with distance.

    Args:
        encoder: The positional encoding of a model.
    """
    features = 2 * encoder.positional_encoding_gaussian_matrix.shape[1]

    def fourier(coords: Tensor) -> Tensor:
        return encoder.forward_with_coords(coords.reshape(1, -1, 2), (1, 1)).reshape(
            *coords.shape[:-1], -1
        )

    def separate(coords: Tensor) -> Tensor:
        return separate_sinusoids(coords, features)

    ways = (("random Fourier", fourier), ("x and y apart", separate))
    with figure_of(1, 4, 2.6, widths=(1, 1, 1.15, 1.15)) as (figure, axes):
        ticks = (torch.arange(CELLS) + 0.5) / CELLS
        grid = torch.stack(torch.meshgrid(ticks, ticks, indexing="xy"), dim=-1)
        for column, (name, encode) in enumerate(ways):
            chosen = encode(torch.tensor(CHOSEN))
            heat, curves = axes[column], axes[column + 2]
            shown = heat.imshow(
                similarity(encode(grid), chosen).numpy(),
                cmap=HEAT,
                vmin=-0.3,
                vmax=1,
                extent=(0, 1, 1, 0),
            )
            heat.plot(*CHOSEN, marker="+", color=INK, markersize=11, markeredgewidth=1.8)
            heat.set_title(name)
            hide_frame(heat)
            distance = torch.linspace(0, REACH, 120)
            for direction, colour, label in (
                ((1.0, 0.0), BLUE, "along x"),
                ((math.sqrt(0.5), math.sqrt(0.5)), ORANGE, "diagonal"),
            ):
                path = torch.tensor(CHOSEN) + distance[:, None] * torch.tensor(direction)
                values = similarity(encode(path), chosen).numpy()
                curves.plot(distance.numpy(), values, color=colour, label=label)
            if column == 0:
                expected = expected_similarity(distance.numpy().astype(np.float64))
                curves.plot(
                    distance.numpy(), expected, color=QUIET, linestyle="dotted", label="expected"
                )
            curves.set(title=name, ylim=(-0.35, 1.05), xlim=(0, REACH))
            caption(curves, "distance, in image sides")
            curves.legend()
        axes[2].set_ylabel("similarity")
        figure.colorbar(shown, ax=axes[1], shrink=0.62, ticks=[0, 0.5, 1])
    return figure
