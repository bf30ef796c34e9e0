"""Overlap as a loss: large and small objects count alike."""

from jaxtyping import Float
from torch import Tensor


def dice_loss(
    logits: Float[Tensor, "*masks height width"],
    targets: Float[Tensor, "*masks height width"],
    *,
    smooth: float = 1.0,
) -> Float[Tensor, "*masks"]:
    """Return one minus the Dice coefficient of each mask, in [0, 1].

    Args:
        logits: Decoder output before the sigmoid.
        targets: 1 inside the object, 0 outside; soft edges in [0, 1] are allowed.
        smooth: Pixels added above and below, so that an empty mask has a gradient.

    Raises:
        ValueError: If ``smooth`` is not positive.

    Source:
        Milletari et al. 2016 (V-Net), arXiv:1606.04797, section 3, without the squares.

    Example:
        >>> import torch
        >>> truth = torch.tensor([[[1.0, 0.0], [1.0, 0.0]]])
        >>> bool(dice_loss(40 * truth - 20, truth) < 1e-6)
        True
    """
    if smooth <= 0:
        raise ValueError(f"smooth must be positive, got {smooth}")
    probability = logits.sigmoid()
    overlap = (probability * targets).sum(dim=(-2, -1))
    total = probability.sum(dim=(-2, -1)) + targets.sum(dim=(-2, -1))
    return 1 - (2 * overlap + smooth) / (total + smooth)
