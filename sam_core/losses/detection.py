"""What a detector learns by: where centres are, and how well boxes fit."""

import torch
from jaxtyping import Float
from torch import Tensor

NEAR_POWER = 4.0
FOCUS_POWER = 2.0


def centre_loss(
    logits: Float[Tensor, "*b h w"], heat: Float[Tensor, "*b h w"]
) -> Float[Tensor, ""]:
    """Return the focal loss of centres, per object.

    Cells with heat 1 are centres. Of the others, those near a centre may be taken for one at a
    lower price, as a box that starts there is nearly as good.

    Source:
        Law and Deng 2018 (CornerNet), arXiv:1808.01244, section 3.2; for centres Zhou et al.
        2019, arXiv:1904.07850, section 3.

    Args:
        logits: Log-odds of a centre.
        heat: 1 at centres, falling to 0 around them.
    """
    chance = logits.sigmoid()
    is_centre = (heat == 1).to(logits)
    positive = torch.nn.functional.softplus(-logits) * (1 - chance) ** FOCUS_POWER * is_centre
    price = (1 - heat) ** NEAR_POWER
    negative = torch.nn.functional.softplus(logits) * chance**FOCUS_POWER * price
    return (positive + negative).sum() / is_centre.sum().clamp(min=1)


def box_loss(
    predicted_xyxy: Float[Tensor, "n 4"], true_xyxy: Float[Tensor, "n 4"]
) -> Float[Tensor, " n"]:
    """Return one minus the generalised IoU of each pair of boxes, in [0, 2].

    Boxes that do not touch have a gradient, too: the emptier their hull, the higher the loss.

    Source:
        Rezatofighi et al. 2019 (generalised IoU), arXiv:1902.09630, algorithm 1.

    Args:
        predicted_xyxy: Left, top, right, bottom.
        true_xyxy: The same of the boxes that were meant, with an area.

    Example:
        >>> box = torch.tensor([[0.0, 0.0, 4.0, 2.0]])
        >>> box_loss(box, box).item()
        0.0
    """
    common = _area(
        torch.maximum(predicted_xyxy[:, :2], true_xyxy[:, :2]),
        torch.minimum(predicted_xyxy[:, 2:], true_xyxy[:, 2:]),
    )
    hull = _area(
        torch.minimum(predicted_xyxy[:, :2], true_xyxy[:, :2]),
        torch.maximum(predicted_xyxy[:, 2:], true_xyxy[:, 2:]),
    )
    areas = [_area(boxes[:, :2], boxes[:, 2:]) for boxes in (predicted_xyxy, true_xyxy)]
    union = areas[0] + areas[1] - common
    return 1 - common / union + (hull - union) / hull


def _area(low: Float[Tensor, "n 2"], high: Float[Tensor, "n 2"]) -> Float[Tensor, " n"]:
    return (high - low).clamp(min=0).prod(dim=1)
