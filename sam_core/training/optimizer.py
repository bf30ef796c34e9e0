"""The optimiser of every run, and how its rate follows the schedule."""

from typing import Protocol

import torch
from torch import Tensor, nn

from sam_core.training.schedules import warmup_stable_decay


class OptimizerSettings(Protocol):
    """What the configurations of all kinds of run have in common here."""

    @property
    def learning_rate(self) -> float:
        """Peak of the learning rate."""

    @property
    def weight_decay(self) -> float:
        """Decoupled weight decay on matrices."""

    @property
    def warmup_steps(self) -> int:
        """Steps of linear warm-up."""

    @property
    def decay_share(self) -> float:
        """Last share of all steps, over which the rate falls to zero."""

    @property
    def total_steps(self) -> int:
        """Steps of the schedule."""


def build_optimizer(model: nn.Module, config: OptimizerSettings) -> torch.optim.AdamW:
    """Return AdamW over the parameters; only matrices decay, not biases, norms and embeddings."""
    matrices: list[Tensor] = []
    vectors: list[Tensor] = []
    for name, parameter in model.named_parameters():
        is_matrix = parameter.ndim > 1 and "embed" not in name and "token" not in name
        (matrices if is_matrix else vectors).append(parameter)
    groups = [
        {"params": matrices, "weight_decay": config.weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate, betas=(0.9, 0.98), fused=True)


def set_learning_rate(
    optimizer: torch.optim.Optimizer, config: OptimizerSettings, step: int
) -> float:
    """Give the optimiser the learning rate of a step, and return it."""
    factor = warmup_stable_decay(step, config.total_steps, config.warmup_steps, config.decay_share)
    rate = config.learning_rate * factor
    for group in optimizer.param_groups:
        group["lr"] = rate
    return rate
