"""The focal loss: identities, range checks, gradient."""

import pytest
import torch
from torch.nn import functional

from sam_core.losses import sigmoid_focal_loss

LOGITS = torch.tensor([[[2.0, -1.0], [0.5, -3.0]], [[-2.0, 1.0], [0.0, 4.0]]])
TRUTH = torch.tensor([[[1.0, 0.0], [1.0, 0.0]], [[1.0, 0.0], [0.5, 1.0]]])


def test_gamma_zero_and_even_weights_give_half_the_cross_entropy() -> None:
    loss = sigmoid_focal_loss(LOGITS, TRUTH, alpha=0.5, gamma=0.0)
    entropy = functional.binary_cross_entropy_with_logits(LOGITS, TRUTH, reduction="none")
    torch.testing.assert_close(loss, 0.5 * entropy.mean(dim=(-2, -1)))


def test_swapping_foreground_and_background_changes_nothing_at_even_weights() -> None:
    one_way = sigmoid_focal_loss(LOGITS, TRUTH, alpha=0.5)
    other_way = sigmoid_focal_loss(-LOGITS, 1 - TRUTH, alpha=0.5)
    torch.testing.assert_close(one_way, other_way)


def test_a_right_pixel_weighs_less_the_larger_gamma_is() -> None:
    sure = torch.full((1, 1, 1), 3.0)
    truth = torch.ones(1, 1, 1)
    losses = [float(sigmoid_focal_loss(sure, truth, gamma=gamma)) for gamma in (0.0, 1.0, 2.0)]
    assert losses == sorted(losses, reverse=True)


@pytest.mark.parametrize("shape", [(3, 4), (5, 3, 4), (2, 5, 3, 4)])
def test_leading_axes_are_kept(shape: tuple[int, ...]) -> None:
    assert sigmoid_focal_loss(torch.zeros(shape), torch.zeros(shape)).shape == shape[:-2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"alpha": 1.5}, r"alpha must be in \[0, 1\], got 1.5"),
        ({"alpha": -0.1}, r"alpha must be in \[0, 1\], got -0.1"),
        ({"gamma": -1.0}, "gamma must be 0 or more, got -1.0"),
    ],
)
def test_impossible_weights_are_refused(options: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sigmoid_focal_loss(LOGITS, TRUTH, **options)


def test_gradient_equals_finite_differences() -> None:
    logits = LOGITS.double().requires_grad_()
    assert torch.autograd.gradcheck(lambda x: sigmoid_focal_loss(x, TRUTH.double()), (logits,))
