"""How good is each candidate? Asked of the candidate itself, not only of the prompt."""

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional

from sam_core.modeling.second_look import SecondLook, agreement_of, facts_of

STATISTICS = 4
STABILITY_OFFSET = 1.0


class MaskQualityHead(nn.Module):
    """Predict the IoU of each candidate from its token, its pixels and its own certainty.

    The published head sees one token only, which has to foretell masks that it has not seen.
    With few training images it learns little more than a mean per candidate. This one looks at
    what was drawn: the features under each mask, averaged at stride 4 and 16, and four
    numbers that tell a firm mask from a vague one. :class:`SecondLook` corrects what it finds.

    Source:
        Scoring a mask from its own pixels: Huang et al. 2019 (Mask Scoring R-CNN),
        arXiv:1903.00241, section 3; stability: Kirillov et al. 2023, arXiv:2304.02643,
        section 5.

    Args:
        token_dim: Width of tokens and of the features at stride 16.
        fine_dim: Channels of the features at stride 4.
        hidden_dim: Width of the hidden layers.
    """

    def __init__(self, token_dim: int, fine_dim: int, hidden_dim: int = 128) -> None:
        super().__init__()
        inputs = 3 * token_dim + fine_dim + STATISTICS
        self.layers = nn.Sequential(
            nn.LayerNorm(inputs),
            nn.Linear(inputs, hidden_dim),
            nn.GELU(),
            nn.Linear(hidden_dim, hidden_dim),
            nn.GELU(),
            nn.Linear(hidden_dim, 1),
        )
        self.second_look = SecondLook()

    def forward(
        self,
        iou_token: Float[Tensor, "b c"],
        mask_tokens: Float[Tensor, "b masks c"],
        grid: Float[Tensor, "b c h w"],
        upscaled: Float[Tensor, "b fine mask_h mask_w"],
        logits: Float[Tensor, "b masks mask_h mask_w"],
    ) -> Float[Tensor, "b masks"]:
        """Return the predicted IoU of each candidate, in [0, 1].

        Args:
            iou_token: The quality token after the transformer.
            mask_tokens: The tokens of one prompt's masks: the single one, the three
                candidates, or all four in this order.
            grid: Image features after the transformer, stride 16.
            upscaled: Features that the masks were drawn from, stride 4.
            logits: The candidates; they are judged here, not improved, so no gradient
                flows into them through their pixels.
        """
        judged = logits.detach()
        fine = judged.sigmoid()
        return self._score(
            torch.cat([iou_token.unsqueeze(1).expand_as(mask_tokens), mask_tokens], dim=-1),
            _mean_inside(functional.avg_pool2d(fine, 4).flatten(2), grid.flatten(2)),
            _mean_inside(fine.flatten(2), upscaled.flatten(2)),
            judged.flatten(2),
            fine.flatten(2),
        )

    def judge(
        self,
        iou_token: Float[Tensor, "b c"],
        mask_tokens: Float[Tensor, "b masks c"],
        cells: Float[Tensor, "b cells c"],
        upscaled: Float[Tensor, "b places fine"],
        logits: Float[Tensor, "b masks places"],
    ) -> Float[Tensor, "b masks"]:
        """Return the same of features that do not lie as in the image.

        Args:
            iou_token: The quality token after the transformer.
            mask_tokens: The token of each candidate.
            cells: Image features after the transformer, in any order.
            upscaled: Features that the masks were drawn from; those of a cell lie together.
            logits: The candidates, in the same order.
        """
        judged = logits.detach()
        fine = judged.sigmoid()
        coarse = fine.reshape(*fine.shape[:2], cells.shape[1], -1).mean(dim=-1)
        return self._score(
            torch.cat([iou_token.unsqueeze(1).expand_as(mask_tokens), mask_tokens], dim=-1),
            _mean_inside(coarse, cells.transpose(1, 2)),
            _mean_inside(fine, upscaled.transpose(1, 2)),
            judged,
            fine,
        )

    def _score(
        self,
        tokens: Float[Tensor, "b masks c2"],
        under: Float[Tensor, "b masks c"],
        finely_under: Float[Tensor, "b masks fine"],
        logits: Float[Tensor, "b masks n"],
        probability: Float[Tensor, "b masks n"],
    ) -> Float[Tensor, "b masks"]:
        inside = (logits > 0).float()
        certainty = _certainty(logits, probability, inside)
        described = torch.cat([tokens, under, finely_under, certainty], dim=-1)
        scores: Tensor = self.layers(described).squeeze(-1)
        facts = facts_of(logits, probability, inside, certainty)
        corrected: Tensor = self.second_look(scores, facts, agreement_of(inside))
        return corrected.sigmoid()


def _mean_inside(
    weights: Float[Tensor, "b masks n"], features: Float[Tensor, "b c n"]
) -> Float[Tensor, "b masks c"]:
    total = weights @ features.transpose(1, 2)
    return total / (weights.sum(dim=-1, keepdim=True) + 1e-3)


def _certainty(
    logits: Float[Tensor, "b masks n"],
    probability: Float[Tensor, "b masks n"],
    inside: Float[Tensor, "b masks n"],
) -> Float[Tensor, "b masks 4"]:
    """Return stability, mean certainty inside, relative width of the border, relative size."""
    firm = (logits > STABILITY_OFFSET).float().sum(dim=-1)
    loose = (logits > -STABILITY_OFFSET).float().sum(dim=-1)
    area = inside.sum(dim=-1)
    vague = (4 * probability * (1 - probability)).sum(dim=-1)
    size = (area / logits.shape[-1]).sqrt()
    sure = (probability * inside).sum(dim=-1) / (area + 1)
    return torch.stack([firm / (loose + 1), sure, vague / (vague + area + 1), size], dim=-1)
