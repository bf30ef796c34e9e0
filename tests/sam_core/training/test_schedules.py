"""Learning rate and averaged weights."""

from itertools import pairwise

import torch
from torch import nn

from sam_core.training.schedules import AveragedWeights, warmup_stable_decay


def test_the_rate_rises_stays_and_falls_to_zero() -> None:
    factors = [warmup_stable_decay(step, 1000, 50, 0.25) for step in range(1001)]
    assert factors[0] == 1 / 50
    assert factors[49:750] == [1.0] * 701
    assert factors[-1] == 0
    assert all(before >= after for before, after in pairwise(factors[750:]))


def test_the_average_of_constant_weights_is_those_weights() -> None:
    layer = nn.Linear(2, 2)
    average = AveragedWeights(layer, 0.99)
    for step in range(5):
        average.update(layer, step)
    torch.testing.assert_close(average.values["weight"], layer.weight.detach())


def test_early_weights_fade_faster_than_the_full_decay() -> None:
    layer = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(layer.weight)
    average = AveragedWeights(layer, 0.999)
    nn.init.ones_(layer.weight)
    for step in range(20):
        average.update(layer, step)
    assert float(average.values["weight"]) > 0.9


def test_updating_does_not_change_the_model() -> None:
    layer = nn.Linear(2, 2)
    before = layer.weight.detach().clone()
    average = AveragedWeights(layer, 0.5)
    average.values["weight"] += 1
    average.update(layer, 3)
    assert torch.equal(layer.weight, before)
