"""The optimiser: what decays, and how fast it goes."""

from dataclasses import replace

import pytest

from sam_core.modeling import Sam
from sam_core.training.config import Stage, TrainingConfig
from sam_core.training.optimizer import build_optimizer, set_learning_rate


def test_biases_norms_and_embeddings_do_not_decay(
    small_sam: Sam, short_run: TrainingConfig
) -> None:
    optimizer = build_optimizer(small_sam, replace(short_run, weight_decay=0.1))
    decay = {id(p): g["weight_decay"] for g in optimizer.param_groups for p in g["params"]}
    assert len(decay) == len(list(small_sam.parameters()))
    encoder = small_sam.image_encoder
    named = dict(encoder.named_parameters())
    assert decay[id(named["neck.0.weight"])] == 0.1
    assert decay[id(named["pos_embed"])] == 0
    assert decay[id(named["stem.0.bias"])] == 0


def test_the_rate_rises_stays_and_falls(small_sam: Sam, short_run: TrainingConfig) -> None:
    config = replace(short_run, stages=(Stage(64, 100, 1, 1),), warmup_steps=10, decay_share=0.2)
    optimizer = build_optimizer(small_sam, config)
    rates = [set_learning_rate(optimizer, config, step) for step in (0, 50, 90)]
    assert rates == pytest.approx([1e-4, 1e-3, 5e-4])
    assert {group["lr"] for group in optimizer.param_groups} == {rates[-1]}
