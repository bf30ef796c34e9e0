from __future__ import annotations

import torch

from sam_core.figures.losses import draw_losses, half_found, pixel_loss


def test_without_focus_the_loss_of_a_pixel_is_cross_entropy() -> None:
    probability = torch.tensor([0.1, 0.5, 0.9])
    assert torch.allclose(pixel_loss(probability.logit(), 0.0), -probability.log(), atol=1e-6)


def test_focus_takes_weight_from_pixels_that_are_right() -> None:
    logits = torch.tensor([-2.0, 2.0])
    wrong, right = pixel_loss(logits, 2.0) / pixel_loss(logits, 0.0)
    assert right < 0.05 < wrong


def test_half_of_the_object_is_found() -> None:
    logits, truth = half_found(100)
    assert truth.sum() == 100
    assert ((logits > 0) & (truth > 0)).sum() == 50
    assert not ((logits > 0) & (truth == 0)).any()


def test_focal_grows_with_the_object_and_dice_does_not() -> None:
    focal, dice = draw_losses().axes[2].lines
    assert focal.get_ydata()[-1] > 100 * focal.get_ydata()[0]
    assert dice.get_ydata()[-1] < dice.get_ydata()[0]


def test_a_focused_gradient_is_smaller_for_right_pixels() -> None:
    plain, _, focused = draw_losses().axes[1].lines
    assert focused.get_ydata()[-20] < plain.get_ydata()[-20]
