"""Focal loss whose total weight does not fade while the mask gets better."""

from jaxtyping import Float
from torch import Tensor
from torch.nn import functional


def normalised_focal_loss(
    logits: Float[Tensor, "*masks height width"],
    targets: Float[Tensor, "*masks height width"],
    *,
    alpha: float = 0.5,
    gamma: float = 2.0,
) -> Float[Tensor, "*masks"]:
    """Return the focal loss of each mask, divided by the sum of its focusing weights.

    The focal loss lowers the weight of every pixel that becomes right, so that a nearly
    finished mask hardly learns any more. Dividing by the sum of the weights keeps their total
    at one and lets them only say where to look. The sum is a constant for the gradient.

    Args:
        logits: Decoder output before the sigmoid.
        targets: 1 inside the object, 0 outside; soft edges in [0, 1] are allowed.
        alpha: Weight of the foreground, in [0, 1]; the background weighs ``1 - alpha``.
        gamma: Focusing exponent, 0 or more; 0 gives the mean weighted cross-entropy.

    Raises:
        ValueError: If ``alpha`` or ``gamma`` is outside its range.

    Source:
        Sofiiuk et al. 2019 (AdaptIS), arXiv:1909.07829, section 3.2; used for clicks by
        Sofiiuk et al. 2021 (RITM), arXiv:2102.06583.

    Example:
        >>> import torch
        >>> nearly, truth = torch.tensor([[[3.0, -3.0]]]), torch.tensor([[[1.0, 0.0]]])
        >>> round(float(normalised_focal_loss(nearly, truth)), 4)
        0.0243
    """
    if not 0 <= alpha <= 1:
        raise ValueError(f"alpha must be in [0, 1], got {alpha}")
    if gamma < 0:
        raise ValueError(f"gamma must be 0 or more, got {gamma}")
    probability = logits.sigmoid()
    entropy = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    focus = (probability + targets - 2 * probability * targets) ** gamma
    side = alpha * targets + (1 - alpha) * (1 - targets)
    total = focus.detach().sum(dim=(-2, -1)).clamp(min=1e-6)
    return (side * focus * entropy).sum(dim=(-2, -1)) / total
