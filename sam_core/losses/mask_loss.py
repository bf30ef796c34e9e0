"""The training loss: focal, dice and quality, on the best candidate of each prompt."""

from dataclasses import dataclass
from typing import NamedTuple

from jaxtyping import Float
from torch import Tensor

from sam_core.losses.dice import dice_loss
from sam_core.losses.focal import sigmoid_focal_loss
from sam_core.losses.mask_quality import quality_loss
from sam_core.losses.normalised_focal import normalised_focal_loss


@dataclass(frozen=True)
class MaskLossWeights:
    """How much each part counts; the defaults are the paper's 20 : 1, plus 1 for quality."""

    focal: float = 20.0
    """Weight of the focal loss."""
    normalised_focal: float = 0.0
    """Weight of the normalised focal loss, an alternative to the focal loss."""
    dice: float = 1.0
    """Weight of the Dice loss."""
    quality: float = 1.0
    """Weight of the quality head's error."""
    all_candidates: float = 0.05
    """Share of the mean over all candidates, which keeps an unlucky token from dying."""


NORMALISED_LOSS = MaskLossWeights(focal=0.0, normalised_focal=1.0)
"""The normalised focal loss in place of the focal loss."""


class MaskLoss(NamedTuple):
    """The loss, and its parts for the log."""

    total: Tensor
    focal: Tensor
    dice: Tensor
    quality: Tensor


def mask_losses(
    logits: Float[Tensor, "prompts candidates h w"],
    predicted_iou: Float[Tensor, "prompts candidates"],
    targets: Float[Tensor, "prompts h w"],
    weights: MaskLossWeights | None = None,
) -> MaskLoss:
    """Return the loss of each prompt.

    Only the candidate with the smallest mask loss learns the mask, so that the candidates of
    an ambiguous click are free to mean different things. The quality head learns from all.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, section 3 and appendix A.

    Args:
        logits: Candidates of each prompt.
        predicted_iou: Predicted quality of each candidate, in [0, 1].
        targets: The one mask that was meant by each prompt.
        weights: How much each part counts.
    """
    weights = weights or MaskLossWeights()
    wanted = targets.unsqueeze(1).expand_as(logits)
    focal = sigmoid_focal_loss(logits, wanted)
    dice = dice_loss(logits, wanted)
    mask_part = weights.focal * focal + weights.dice * dice
    if weights.normalised_focal:
        mask_part = mask_part + weights.normalised_focal * normalised_focal_loss(logits, wanted)
    best = mask_part.detach().argmin(dim=1, keepdim=True)
    chosen = mask_part.gather(1, best)[:, 0] + weights.all_candidates * mask_part.mean(dim=1)
    quality = quality_loss(predicted_iou, logits, wanted).mean(dim=1)
    return MaskLoss(
        chosen + weights.quality * quality,
        focal.detach().gather(1, best)[:, 0],
        dice.detach().gather(1, best)[:, 0],
        quality.detach(),
    )


def mask_loss(
    logits: Float[Tensor, "prompts candidates h w"],
    predicted_iou: Float[Tensor, "prompts candidates"],
    targets: Float[Tensor, "prompts h w"],
    weights: MaskLossWeights | None = None,
) -> MaskLoss:
    """Return the mean of :func:`mask_losses` over the prompts."""
    each = mask_losses(logits, predicted_iou, targets, weights)
    return MaskLoss(*(part.mean() for part in each))
