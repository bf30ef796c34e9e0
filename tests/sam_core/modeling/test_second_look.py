"""The second look: nothing at first, then what masks say of each other."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from sam_core.modeling.second_look import (
    CANDIDATES,
    FACTS,
    SecondLook,
    agreement_of,
    describe_candidates,
    facts_of,
    known_of,
)


def facts(logits: Tensor) -> Tensor:
    certainty = torch.zeros(*logits.shape[:2], 4)
    return facts_of(logits, logits.sigmoid(), inside(logits), certainty)


def agreement(logits: Tensor) -> Tensor:
    return agreement_of(inside(logits))


def inside(logits: Tensor) -> Tensor:
    return (logits > 0).float()


def practised() -> SecondLook:
    torch.manual_seed(0)
    look = SecondLook(hidden_dim=8)
    for layers in (look.single, look.candidates):
        torch.nn.init.normal_(layers[-1].weight)
    return look


@pytest.mark.parametrize("masks", [1, 3, 4])
def test_nothing_is_corrected_before_it_has_learnt(masks: int) -> None:
    scores = torch.randn(2, masks)
    logits = torch.randn(2, masks, 30)
    corrected = SecondLook()(scores, facts(logits), agreement(logits))
    assert torch.equal(corrected, scores)


def test_candidates_are_judged_together_and_the_single_mask_alone() -> None:
    look, scores, logits = practised(), torch.randn(1, 4), torch.randn(1, 4, 30)
    before = look(scores, facts(logits), agreement(logits))
    other_candidate = logits.clone()
    other_candidate[:, 3] = 5.0
    after = look(scores, facts(other_candidate), agreement(other_candidate))
    assert torch.equal(after[:, 0], before[:, 0])
    assert bool((after[:, 1:] != before[:, 1:]).all())
    other_single = logits.clone()
    other_single[:, 0] = 5.0
    after = look(scores, facts(other_single), agreement(other_single))
    assert bool((after[:, 0] != before[:, 0]).all())
    assert torch.equal(after[:, 1:], before[:, 1:])


def test_agreement_is_the_iou_of_the_masks() -> None:
    logits = torch.full((1, 3, 1000), -1.0)
    logits[:, 0, :600] = 1.0
    logits[:, 1, 300:600] = 1.0
    logits[:, 2, 600:] = 1.0
    torch.testing.assert_close(
        agreement(logits)[0],
        torch.tensor([[1.0, 0.5, 0.0], [0.5, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        atol=4e-3,
        rtol=0,
    )


def test_the_expected_iou_is_that_of_the_probabilities() -> None:
    """200 pixels at 0.9 are expected to hold 180, and 100 pixels at 0.3 another 30."""
    logits = torch.full((1, 1, 1000), -40.0)
    logits[..., :200] = torch.logit(torch.tensor(0.9))
    logits[..., 200:300] = torch.logit(torch.tensor(0.3))
    assert float(facts(logits)[0, 0, 4]) == pytest.approx(180 / (200 + 30 + 1), abs=1e-4)


def test_a_firm_mask_is_stable_at_the_larger_offset_and_a_vague_one_is_not() -> None:
    firm, vague = torch.full((1, 1, 1000), -5.0), torch.full((1, 1, 1000), -1.5)
    firm[..., :500], vague[..., :500] = 5.0, 1.5
    assert float(facts(firm)[0, 0, 5]) > 0.99
    assert float(facts(vague)[0, 0, 5]) == 0.0


def test_the_order_of_the_pixels_does_not_matter() -> None:
    logits = 4 * torch.randn(2, 4, 300)
    mixed = logits[..., torch.randperm(300)]
    torch.testing.assert_close(facts(mixed), facts(logits))
    torch.testing.assert_close(agreement(mixed), agreement(logits))


@pytest.mark.parametrize("value", [-1e4, 0.0, 1e4])
def test_empty_and_full_masks_have_finite_facts(value: float) -> None:
    logits = torch.full((1, 4, 100), value)
    assert bool(torch.isfinite(facts(logits)).all())
    assert bool(torch.isfinite(agreement(logits)).all())


def test_candidates_are_described_by_themselves_and_their_pairs() -> None:
    known = known_of(torch.zeros(2, 4), torch.arange(4.0).reshape(1, 4, 1).expand(2, 4, FACTS))
    numbered = torch.arange(16.0).reshape(1, 4, 4).expand(2, 4, 4)
    described = describe_candidates(known, numbered)
    assert described.shape == (2, CANDIDATES * (FACTS + 1) + 3)
    assert described[0, 0] == 1  # of the first candidate, not of the single mask
    assert described[0, -3:].tolist() == [6.0, 7.0, 11.0]
