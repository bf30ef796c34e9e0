"""Models of trials: they can be built while trials run, and all of them learns."""

from __future__ import annotations

import pytest
import torch

from bench.trial_models import TRIAL_MODELS, trial_models
from bench.trials import TRIALS, build_config
from sam_core.build_sam import TRAINABLE
from sam_core.training.train_step import interactive_loss


def test_the_models_of_trials_exist_while_trials_run() -> None:
    assert not TRIAL_MODELS.keys() & TRAINABLE.keys()
    with trial_models():
        for trial in TRIALS.values():
            assert build_config(trial, 100).model in TRAINABLE
    assert not TRIAL_MODELS.keys() & TRAINABLE.keys()


@pytest.mark.parametrize("name", TRIAL_MODELS)
def test_every_parameter_that_a_trial_trains_has_a_gradient(name: str) -> None:
    torch.manual_seed(0)
    sam = TRIAL_MODELS[name](image_size=64)
    loss = interactive_loss(
        sam,
        torch.randint(0, 256, (1, 3, 64, 64), dtype=torch.uint8),
        (torch.rand(1, 2, 16, 16) > 0.5).float(),
        torch.full((1, 2, 2), 7.5),
        2,
        0.0,
    ).loss
    torch.autograd.backward(loss)
    weights = dict(sam.image_encoder.named_parameters())
    assert all(w.grad is not None for w in weights.values() if w.requires_grad)
