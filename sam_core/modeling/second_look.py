"""A second look at the scores of a prompt's masks: how firm they are, and whether they agree."""

import torch
from jaxtyping import Float
from torch import Tensor, nn

CANDIDATES = 3
FACTS = 8
LOGIT_SCALE = 1 / 4
STRICT_OFFSET = 2.0


class SecondLook(nn.Module):
    """Correct the scores of the masks of one prompt by facts about all of them.

    A score that is told from features of single masks does not know the other candidates. Where
    all three draw the same object the prompt was clear; where each draws another, two of them
    must be wrong. So the three are judged together here, from a few numbers that do not depend on
    what a photograph shows. The single mask is judged alone, as callers may not draw the others.

    The correction is added to the log-odds of the scores. It starts at zero.

    Args:
        hidden_dim: Width of the hidden layers.
    """

    def __init__(self, hidden_dim: int = 32) -> None:
        super().__init__()
        self.single = _layers(FACTS + 1, hidden_dim, 1)
        pairs = CANDIDATES * (CANDIDATES - 1) // 2
        self.candidates = _layers(CANDIDATES * (FACTS + 1) + pairs, hidden_dim, CANDIDATES)

    def forward(
        self,
        scores: Float[Tensor, "b masks"],
        facts: Float[Tensor, "b masks facts"],
        agreement: Float[Tensor, "b masks masks"],
    ) -> Float[Tensor, "b masks"]:
        """Return corrected log-odds.

        Args:
            scores: Log-odds of the masks: those of the single mask, of the three
                candidates, or of both in this order.
            facts: What :func:`facts_of` says of each mask.
            agreement: IoU of every mask with every other, as :func:`agreement_of` gives it.
        """
        known = known_of(scores, facts)
        singles = scores.shape[1] % CANDIDATES
        corrections = []
        if singles:
            corrections.append(self.single(known[:, 0]))
        if scores.shape[1] > singles:
            corrections.append(self.candidates(describe_candidates(known, agreement)))
        return scores + torch.cat(corrections, dim=1)


def known_of(
    scores: Float[Tensor, "b masks"], facts: Float[Tensor, "b masks facts"]
) -> Float[Tensor, "b masks known"]:
    """Return the facts about each mask and its score before the correction."""
    return torch.cat([facts, scores.unsqueeze(-1) * LOGIT_SCALE], dim=-1)


def describe_candidates(
    known: Float[Tensor, "b masks known"], agreement: Float[Tensor, "b masks masks"]
) -> Float[Tensor, "b inputs"]:
    """Return what is known of the last three masks, one after the other, and of their pairs."""
    pairs = [agreement[:, first, second] for first, second in ((-3, -2), (-3, -1), (-2, -1))]
    return torch.cat([known[:, -CANDIDATES:].flatten(1), torch.stack(pairs, dim=1)], dim=1)


def facts_of(
    logits: Float[Tensor, "b masks n"],
    probability: Float[Tensor, "b masks n"],
    inside: Float[Tensor, "b masks n"],
    certainty: Float[Tensor, "b masks 4"],
) -> Float[Tensor, "b masks facts"]:
    """Return numbers that tell how firm each mask is, in any order of the pixels.

    To the four of the first look come the IoU that a mask has if its probabilities are
    true, stability at a larger offset, the mean logit inside, and the logarithm of the size.

    Args:
        logits: The masks.
        probability: The same after the sigmoid.
        inside: 1 where a logit is above 0, else 0.
        certainty: Stability, certainty inside, width of the border, size.
    """
    area = inside.sum(dim=-1)
    both = (probability * inside).sum(dim=-1)
    expected = both / (area + probability.sum(dim=-1) - both + 1)
    firm = (logits > STRICT_OFFSET).float().sum(dim=-1)
    loose = (logits > -STRICT_OFFSET).float().sum(dim=-1)
    height = logits.clamp(min=0).sum(dim=-1) / (area + 1)
    size = ((area + 1) / logits.shape[-1]).log()
    own = torch.stack([expected, firm / (loose + 1), height / 8, size / 4], dim=-1)
    return torch.cat([certainty, own], dim=-1)


def agreement_of(inside: Float[Tensor, "b masks n"]) -> Float[Tensor, "b masks masks"]:
    """Return the IoU of every mask with every other, in [0, 1].

    Args:
        inside: 1 at the pixels of a mask, else 0.
    """
    area = inside.sum(dim=-1)
    common = inside @ inside.transpose(1, 2)
    return common / (area.unsqueeze(1) + area.unsqueeze(2) - common + 1)


def _layers(inputs: int, hidden_dim: int, outputs: int) -> nn.Sequential:
    last = nn.Linear(hidden_dim, outputs)
    nn.init.zeros_(last.weight)
    nn.init.zeros_(last.bias)
    return nn.Sequential(
        nn.Linear(inputs, hidden_dim),
        nn.GELU(),
        nn.Linear(hidden_dim, hidden_dim),
        nn.GELU(),
        last,
    )
