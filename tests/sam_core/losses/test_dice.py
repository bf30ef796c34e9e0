"""The Dice loss: its ends, its symmetry, its gradient."""

import pytest
import torch

from sam_core.losses import dice_loss

TRUTH = torch.tensor([[[1.0, 1.0, 0.0], [0.0, 1.0, 0.0]]])


def test_a_perfect_mask_has_no_loss() -> None:
    assert float(dice_loss(60 * TRUTH - 30, TRUTH)) == pytest.approx(0, abs=1e-6)


def test_a_disjoint_mask_has_almost_the_full_loss() -> None:
    truth = torch.zeros(1, 20, 20)
    truth[:, :10] = 1
    loss = float(dice_loss(30 - 60 * truth, truth))
    assert loss == pytest.approx(1 - 1 / 401, abs=1e-5)  # smooth = 1 over 200 + 200 + 1 pixels


def test_an_empty_mask_of_nothing_has_no_loss() -> None:
    nothing = torch.zeros(1, 4, 4)
    assert float(dice_loss(nothing - 50, nothing)) == pytest.approx(0, abs=1e-6)


def test_turning_both_masks_changes_nothing() -> None:
    logits = torch.tensor([[[1.0, -2.0, 0.3], [0.2, 2.0, -1.0]]])
    torch.testing.assert_close(dice_loss(logits, TRUTH), dice_loss(logits.mT, TRUTH.mT))


@pytest.mark.parametrize("shape", [(3, 4), (5, 3, 4), (2, 5, 3, 4)])
def test_leading_axes_are_kept(shape: tuple[int, ...]) -> None:
    assert dice_loss(torch.zeros(shape), torch.zeros(shape)).shape == shape[:-2]


def test_smooth_must_be_positive() -> None:
    with pytest.raises(ValueError, match=r"smooth must be positive, got 0\.0"):
        dice_loss(TRUTH, TRUTH, smooth=0.0)


def test_gradient_equals_finite_differences() -> None:
    logits = torch.randn(2, 3, 3, dtype=torch.double, requires_grad=True)
    truth = torch.randint(0, 2, (2, 3, 3)).double()
    assert torch.autograd.gradcheck(lambda x: dice_loss(x, truth), (logits,))
