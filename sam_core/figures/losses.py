"""What the losses see: sure and unsure pixels, large and small objects."""

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from sam_core.figures.style import BLUE, GREEN, ORANGE, QUIET, RED, TIMES, figure_of
from sam_core.losses import MaskLossWeights, dice_loss, sigmoid_focal_loss

SIDE = 256
GAMMAS = (
    (0.0, QUIET, "cross-entropy"),
    (1.0, BLUE, r"focal, $\gamma = 1$"),
    (2.0, RED, r"focal, $\gamma = 2$"),
)


def pixel_loss(logits: Tensor, gamma: float) -> Tensor:
    """Return the loss of single foreground pixels, without the weight of the foreground.

    Args:
        logits: (n,) decoder outputs, each for a pixel of the object.
        gamma: Focusing exponent; 0 gives cross-entropy.
    """
    single = logits.reshape(-1, 1, 1)
    return sigmoid_focal_loss(single, torch.ones_like(single), alpha=1.0, gamma=gamma)


def half_found(pixels: int) -> tuple[Tensor, Tensor]:
    """Return logits that find half of an object surely, and the object.

    Args:
        pixels: Size of the object, an even number, of `SIDE` x `SIDE` pixels.
    """
    truth = (torch.arange(SIDE * SIDE) < pixels).float().reshape(1, SIDE, SIDE)
    found = (torch.arange(SIDE * SIDE) < pixels // 2).float().reshape(1, SIDE, SIDE)
    return 12 * found - 6, truth


def draw_losses() -> Figure:
    """Return curves of focal loss, its gradient, and of focal and dice over object size."""
    with figure_of(1, 3, 3.0) as (figure, axes):
        _draw_loss(axes[0])
        _draw_gradient(axes[1])
        _draw_sizes(axes[2])
    return figure


def _draw_loss(axis: Axes) -> None:
    probability = torch.linspace(0.02, 0.999, 200)
    for gamma, colour, label in GAMMAS:
        loss = pixel_loss(probability.logit(), gamma)
        axis.plot(probability.numpy(), loss.numpy(), color=colour, label=label)
    axis.set(xlim=(0, 1), ylim=(0, 4), xlabel="probability of the true class", ylabel="loss")
    axis.set_title("a pixel's loss")
    axis.legend()


def _draw_gradient(axis: Axes) -> None:
    for gamma, colour, _ in GAMMAS:
        logits = torch.linspace(-5, 5, 200, requires_grad=True)
        (gradient,) = torch.autograd.grad(pixel_loss(logits, gamma).sum(), logits)
        probability = logits.detach().sigmoid().numpy()
        axis.plot(probability, gradient.abs().numpy(), color=colour)
    axis.set(xlim=(0, 1), xlabel="probability of the true class", ylabel="|d loss / d logit|")
    axis.set_title("how hard it pulls")


def _draw_sizes(axis: Axes) -> None:
    weights = MaskLossWeights()
    sizes = 2 * np.unique(np.geomspace(10, SIDE * SIDE / 4, 40).astype(int))
    focal, dice = [], []
    for size in sizes:
        logits, truth = half_found(int(size))
        focal.append(weights.focal * float(sigmoid_focal_loss(logits, truth)))
        dice.append(weights.dice * float(dice_loss(logits, truth)))
    share = 100 * sizes / SIDE**2
    axis.loglog(share, focal, color=ORANGE, label=f"{weights.focal:g} {TIMES} focal")
    axis.loglog(share, dice, color=GREEN, label=f"{weights.dice:g} {TIMES} dice")
    axis.set(xlabel="object's size, % of the image", ylabel="loss")
    axis.set_title("half of the object missed")
    axis.legend()
