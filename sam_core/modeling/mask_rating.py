"""What a found mask is worth beside others, told from a few numbers by a small network."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

HIDDEN = 64
FARTHEST = 6.0
"""Deviations from the mean beyond which a number says no more."""


class MaskRating(nn.Module):
    """Turn what is known of a mask into a log-odds that people would have drawn it.

    Two layers, because what a number says depends on the others: a large mask that a point found
    must be surer than a small one that the detector found.

    Args:
        known: Numbers that are known of a mask.
        hidden: Width of the hidden layer.
    """

    mean: Tensor
    spread: Tensor

    def __init__(self, known: int, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(known))
        self.register_buffer("spread", torch.ones(known))
        self.layers = nn.Sequential(nn.Linear(known, hidden), nn.GELU(), nn.Linear(hidden, 1))

    def forward(self, known: Float[Tensor, "n known"]) -> Float[Tensor, " n"]:
        """Return the log-odds of each mask.

        Args:
            known: As ``sam_core.amg.object_rating.describe`` gives it.
        """
        even = ((known - self.mean) / self.spread).clamp(-FARTHEST, FARTHEST)
        told: Tensor = self.layers(even).squeeze(-1)
        return told
