"""Wake hidden units that never fire any more, so that no capacity is lost in a long run."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.utils.hooks import RemovableHandle

from sam_core.modeling.common import MLP, MLPBlock

DORMANT_SHARE = 0.025
"""A unit is dormant when its mean activity is below this share of its layer's mean."""


class ActivityMeter:
    """Record how much each hidden unit of a model fires while the meter is open.

    Use as a context manager around forward passes, then call :func:`recycle`.
    """

    def __init__(self, model: nn.Module) -> None:
        self.activity: dict[nn.Linear, Tensor] = {}
        self._input_sums: dict[nn.Linear, Tensor] = {}
        self._input_counts: dict[nn.Linear, int] = {}
        self._model = model
        self._handles: list[RemovableHandle] = []

    def __enter__(self) -> "ActivityMeter":
        for before, act, _ in hidden_layers(self._model):
            self._handles.append(before.register_forward_hook(self._recorder(before, act)))
        return self

    def __exit__(self, *_error: object) -> None:
        for handle in self._handles:
            handle.remove()

    def mean_input(self, layer: nn.Linear) -> Tensor:
        """Return the mean of all inputs that a layer had."""
        return self._input_sums[layer] / self._input_counts[layer]

    def _recorder(
        self, layer: nn.Linear, act: nn.Module
    ) -> Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]:
        def record(_module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            with torch.no_grad():
                fired = act(output).clamp(min=0).flatten(0, -2).mean(dim=0)
                rows = inputs[0].flatten(0, -2)
                nothing = fired.new_zeros(())
                self.activity[layer] = self.activity.get(layer, nothing) + fired
                self._input_sums[layer] = self._input_sums.get(layer, nothing) + rows.sum(dim=0)
                self._input_counts[layer] = self._input_counts.get(layer, 0) + len(rows)

        return record


def hidden_layers(model: nn.Module) -> Iterator[tuple[nn.Linear, nn.Module, nn.Linear]]:
    """Yield the layer before, the activation and the layer after each hidden layer."""
    for module in model.modules():
        if isinstance(module, MLPBlock):
            yield module.lin1, module.act, module.lin2
        elif isinstance(module, MLP):
            layers = [layer for layer in module.layers if isinstance(layer, nn.Linear)]
            for before, after in pairwise(layers):
                yield before, nn.ReLU(), after


@torch.no_grad()
def recycle(model: nn.Module, meter: ActivityMeter, optimizer: torch.optim.Optimizer) -> float:
    """Give dormant units fresh incoming and zero outgoing weights; return their share.

    Zero outgoing weights keep what the model computes, up to the little that a dormant unit
    gave; the unit earns its place from there. Its bias centres it on the inputs seen, because
    a unit whose inputs all point one way would fire always or never. The optimiser forgets
    what it knew of it.

    Source:
        Sokar et al. 2023 (ReDo), arXiv:2302.12902, section 4.

    Args:
        model: Model whose hidden layers were measured.
        meter: What it saw, closed.
        optimizer: Optimiser of the model's parameters.
    """
    dormant_count = unit_count = 0
    for before, _, after in hidden_layers(model):
        activity = meter.activity[before]
        centre = meter.mean_input(before)
        dormant = activity < DORMANT_SHARE * activity.mean()
        unit_count += len(dormant)
        dormant_count += int(dormant.sum())
        fresh = nn.Linear(before.in_features, before.out_features)
        before.weight[dormant] = fresh.weight[dormant]
        before.bias[dormant] = -fresh.weight[dormant] @ centre
        after.weight[:, dormant] = 0
        _forget(optimizer, before.weight, (dormant,))
        _forget(optimizer, before.bias, (dormant,))
        _forget(optimizer, after.weight, (slice(None), dormant))
    return dormant_count / unit_count


def _forget(
    optimizer: torch.optim.Optimizer, parameter: Tensor, where: tuple[Tensor | slice, ...]
) -> None:
    for value in optimizer.state.get(parameter, {}).values():
        if isinstance(value, Tensor) and value.shape == parameter.shape:
            value[where] = 0
