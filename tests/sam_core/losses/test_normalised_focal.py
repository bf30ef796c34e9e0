"""The normalised focal loss: identities, range checks, gradient."""

import pytest
import torch
from torch.nn import functional

from sam_core.losses import normalised_focal_loss, sigmoid_focal_loss

LOGITS = torch.tensor([[[2.0, -1.0], [0.5, -3.0]], [[-2.0, 1.0], [0.0, 4.0]]])
TRUTH = torch.tensor([[[1.0, 0.0], [1.0, 0.0]], [[1.0, 0.0], [0.5, 1.0]]])


def test_gamma_zero_and_even_weights_give_half_the_cross_entropy() -> None:
    loss = normalised_focal_loss(LOGITS, TRUTH, gamma=0.0)
    entropy = functional.binary_cross_entropy_with_logits(LOGITS, TRUTH, reduction="none")
    torch.testing.assert_close(loss, 0.5 * entropy.mean(dim=(-2, -1)))


def test_right_pixels_added_to_a_mask_do_not_thin_the_loss() -> None:
    wrong, truth = torch.tensor([[[-1.0, 30.0]]]), torch.ones(1, 1, 2)
    more_right = torch.tensor([[[-1.0, 30.0, 30.0, 30.0]]])
    torch.testing.assert_close(
        normalised_focal_loss(wrong, truth), normalised_focal_loss(more_right, torch.ones(1, 1, 4))
    )
    assert sigmoid_focal_loss(wrong, truth) > sigmoid_focal_loss(more_right, torch.ones(1, 1, 4))


def test_a_better_mask_costs_less() -> None:
    losses = [float(normalised_focal_loss(scale * (TRUTH - 0.5), TRUTH).sum()) for scale in (1, 3)]
    assert losses[1] < losses[0]


def test_a_perfect_mask_has_a_finite_gradient() -> None:
    logits = (200 * (TRUTH[:1] - 0.5)).requires_grad_()
    torch.autograd.backward(normalised_focal_loss(logits, TRUTH[:1]).sum())
    assert logits.grad is not None
    assert bool(torch.isfinite(logits.grad).all())


@pytest.mark.parametrize("shape", [(3, 4), (5, 3, 4), (2, 5, 3, 4)])
def test_leading_axes_are_kept(shape: tuple[int, ...]) -> None:
    assert normalised_focal_loss(torch.zeros(shape), torch.zeros(shape)).shape == shape[:-2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"alpha": 1.5}, r"alpha must be in \[0, 1\], got 1.5"),
        ({"gamma": -1.0}, "gamma must be 0 or more, got -1.0"),
    ],
)
def test_impossible_weights_are_refused(options: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        normalised_focal_loss(LOGITS, TRUTH, **options)


def test_gradient_treats_the_sum_of_weights_as_constant() -> None:
    logits = LOGITS.double().requires_grad_()
    truth = TRUTH.double()
    focus = (logits.sigmoid() + truth - 2 * logits.sigmoid() * truth).detach() ** 2
    mean_weight = focus.mean(dim=(-2, -1))
    torch.autograd.backward(normalised_focal_loss(logits, truth, alpha=0.25).sum())
    got = logits.grad
    logits.grad = None
    torch.autograd.backward((sigmoid_focal_loss(logits, truth) / mean_weight).sum())
    torch.testing.assert_close(got, logits.grad)
