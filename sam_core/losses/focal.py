"""Cross-entropy that looks away from pixels that are already right."""

from jaxtyping import Float
from torch import Tensor
from torch.nn import functional


def sigmoid_focal_loss(
    logits: Float[Tensor, "*masks height width"],
    targets: Float[Tensor, "*masks height width"],
    *,
    alpha: float = 0.25,
    gamma: float = 2.0,
) -> Float[Tensor, "*masks"]:
    """Return the focal loss of each mask, averaged over its pixels.

    Pixels that are already right weigh less, so the border of a small object is not drowned
    by its easy background.

    Args:
        logits: Decoder output before the sigmoid.
        targets: 1 inside the object, 0 outside; soft edges in [0, 1] are allowed.
        alpha: Weight of the foreground, in [0, 1]; the background weighs ``1 - alpha``.
        gamma: Focusing exponent, 0 or more; 0 gives weighted cross-entropy.

    Raises:
        ValueError: If ``alpha`` or ``gamma`` is outside its range.

    Source:
        Lin et al. 2017, arXiv:1708.02002, equation 5.

    Example:
        >>> import torch
        >>> sure = torch.tensor([[[4.0, -4.0]], [[-4.0, 4.0]]])
        >>> truth = torch.tensor([[[1.0, 0.0]], [[1.0, 0.0]]])
        >>> right, wrong = sigmoid_focal_loss(sure, truth)
        >>> bool(right < wrong)
        True
    """
    if not 0 <= alpha <= 1:
        raise ValueError(f"alpha must be in [0, 1], got {alpha}")
    if gamma < 0:
        raise ValueError(f"gamma must be 0 or more, got {gamma}")
    probability = logits.sigmoid()
    entropy = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    missed = probability + targets - 2 * probability * targets
    weight = alpha * targets + (1 - alpha) * (1 - targets)
    return (weight * missed**gamma * entropy).mean(dim=(-2, -1))
