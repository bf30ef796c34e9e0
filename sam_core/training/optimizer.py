"""The optimiser of every run, and how its rate follows the schedule."""

import torch
from torch import Tensor, nn

from sam_core.training.config import AnyConfig
from sam_core.training.schedules import warmup_stable_decay


def build_optimizer(model: nn.Module, config: AnyConfig) -> torch.optim.AdamW:
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


def set_learning_rate(optimizer: torch.optim.Optimizer, config: AnyConfig, step: int) -> float:
    """Give the optimiser the learning rate of a step, and return it."""
    factor = warmup_stable_decay(step, config.total_steps, config.warmup_steps, config.decay_share)
    rate = config.learning_rate * factor
    for group in optimizer.param_groups:
        group["lr"] = rate
    return rate
