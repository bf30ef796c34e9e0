from __future__ import annotations

import torch
from torch import nn

from sam_core.modeling.common import MLP, MLPBlock
from sam_core.training.dormant_units import ActivityMeter, recycle

DEAD = [1, 3]


def model_with_dead_units() -> nn.Sequential:
    torch.manual_seed(0)
    model = nn.Sequential(MLPBlock(4, 8, nn.ReLU), MLP(4, 8, 2, 3))
    for layer in (model[0].lin1, *list(model[1].layers)[:2]):
        layer.weight.data[DEAD] = 0
        layer.bias.data[DEAD] = -1
    return model


def measured(model: nn.Module, inputs: torch.Tensor) -> ActivityMeter:
    with ActivityMeter(model) as meter, torch.no_grad():
        model(inputs)
    return meter


def test_dormant_units_wake_and_the_output_stays() -> None:
    model = model_with_dead_units()
    optimizer = torch.optim.AdamW(model.parameters())
    inputs = torch.randn(64, 4)
    before = model(inputs)
    share = recycle(model, measured(model, inputs), optimizer)
    assert share >= 6 / 24
    torch.testing.assert_close(model(inputs), before, atol=5e-3, rtol=0)
    assert bool((model[0].lin1(inputs)[:, DEAD] > 0).any(dim=0).all())


def test_a_woken_unit_learns() -> None:
    model = model_with_dead_units()
    inputs = torch.randn(64, 4)
    recycle(model, measured(model, inputs), torch.optim.AdamW(model.parameters()))
    model(inputs).square().sum().backward()
    grad = model[0].lin2.weight.grad
    assert grad is not None
    assert bool((grad[:, DEAD].abs().sum(dim=0) > 0).all())


def test_busy_units_are_left_alone() -> None:
    model = nn.Sequential(MLPBlock(4, 8, nn.ReLU))
    block = model[0]
    nn.init.constant_(block.lin1.bias, 5.0)
    state = {key: value.clone() for key, value in model.state_dict().items()}
    share = recycle(
        model, measured(model, torch.randn(64, 4)), torch.optim.AdamW(model.parameters())
    )
    assert share == 0
    for key, value in model.state_dict().items():
        torch.testing.assert_close(value, state[key])


def test_the_optimiser_forgets_a_recycled_unit() -> None:
    model = model_with_dead_units()
    optimizer = torch.optim.AdamW(model.parameters())
    inputs = torch.randn(64, 4)
    model(inputs).square().sum().backward()
    optimizer.step()
    optimizer.state[model[0].lin2.weight]["exp_avg_sq"].fill_(1.0)
    recycle(model, measured(model, inputs), optimizer)
    moments = optimizer.state[model[0].lin2.weight]["exp_avg_sq"]
    assert bool((moments[:, DEAD] == 0).all())
    assert bool((moments[:, 0] == 1).all())


def test_the_mean_input_is_that_of_all_calls() -> None:
    model = model_with_dead_units()
    first, second = torch.randn(10, 4), torch.randn(30, 4)
    with ActivityMeter(model) as meter, torch.no_grad():
        model(first)
        model(second)
    torch.testing.assert_close(
        meter.mean_input(model[0].lin1), torch.cat([first, second]).mean(dim=0)
    )
