"""How good a mask is, and how well the decoder's quality head knows it."""

from jaxtyping import Bool, Float
from torch import Tensor


def mask_iou(
    first: Bool[Tensor, "*masks height width"], second: Bool[Tensor, "*masks height width"]
) -> Float[Tensor, "*masks"]:
    """Return intersection over union of each pair; two empty masks have 1.

    Example:
        >>> import torch
        >>> left = torch.tensor([[True, True, False]])
        >>> right = torch.tensor([[False, True, True]])
        >>> round(float(mask_iou(left, right)), 3)
        0.333
    """
    intersection = (first & second).sum(dim=(-2, -1)).float()
    union = (first | second).sum(dim=(-2, -1)).float()
    return (intersection + (union == 0)) / union.clamp(min=1)


def quality_loss(
    predicted_iou: Float[Tensor, "*masks"],
    logits: Float[Tensor, "*masks height width"],
    targets: Float[Tensor, "*masks height width"],
    *,
    mask_threshold: float = 0.0,
) -> Float[Tensor, "*masks"]:
    """Return the squared error of the quality head.

    The squared error makes the head predict the mean IoU to be expected, which is what the
    choice between candidates needs; the absolute error would make it the median, and a
    candidate that is either right or wrong has a misleading median. The true IoU is a label
    here: no gradient flows into the mask through it.

    Source:
        Kirillov et al. 2023, arXiv:2304.02643, appendix A.

    Args:
        predicted_iou: Output of the quality head, in [0, 1].
        logits: Masks that it speaks of.
        targets: True masks; a pixel belongs to the object from 0.5 on.
        mask_threshold: Logit above which a pixel is foreground.
    """
    actual = mask_iou(logits.detach() > mask_threshold, targets >= 0.5)
    return (predicted_iou - actual).square()
