"""How the learning rate and the averaged weights move."""

import torch
from torch import nn


def warmup_stable_decay(step: int, total: int, warmup: int, decay_share: float) -> float:
    """Return the factor on the learning rate, in [0, 1].

    A linear rise, a plateau, a linear fall: a run that is cut off on the plateau can be
    continued, and one that is given a decay is finished.

    Source:
        Hu et al. 2024 (MiniCPM), arXiv:2404.06395, section 4.

    Args:
        step: Steps done.
        total: Steps of the whole run.
        warmup: Steps of the rise.
        decay_share: Last share of the run, over which the rate falls to 0.

    Example:
        >>> [warmup_stable_decay(step, 100, 10, 0.2) for step in (0, 9, 50, 90, 100)]
        [0.1, 1.0, 1.0, 0.5, 0.0]
    """
    rise = (step + 1) / max(1, warmup)
    fall = (total - step) / max(1.0, decay_share * total)
    return max(0.0, min(1.0, rise, fall))


class AveragedWeights:
    """An exponential moving average of a model's parameters.

    The average starts short and lengthens with the steps, so that early weights fade.
    """

    def __init__(self, model: nn.Module, decay: float) -> None:
        self.decay = decay
        self.values = {key: value.clone() for key, value in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: nn.Module, step: int) -> None:
        """Move the average towards the model's present weights."""
        decay = min(self.decay, (1 + step) / (10 + step))
        state = model.state_dict()
        torch._foreach_lerp_(
            list(self.values.values()), [state[key] for key in self.values], 1 - decay
        )
