"""A detector's losses in cases that can be counted by hand."""

from __future__ import annotations

import math

import pytest
import torch

from sam_core.losses import box_loss, centre_loss

BOX = torch.tensor([[0.0, 0.0, 4.0, 2.0]])


@pytest.mark.parametrize(
    ("other", "loss"),
    [
        ([0.0, 0.0, 4.0, 2.0], 0.0),
        ([0.0, 0.0, 2.0, 2.0], 0.5),  # half of it, no empty hull
        ([2.0, 0.0, 6.0, 2.0], 1 - 4 / 12),
        ([4.0, 2.0, 8.0, 4.0], 1 + 16 / 32),  # they touch in a corner: half of the hull is empty
    ],
)
def test_boxes_lose_by_what_is_not_common_and_by_what_lies_between(
    other: list[float], loss: float
) -> None:
    assert box_loss(torch.tensor([other]), BOX).item() == pytest.approx(loss)


def test_boxes_that_do_not_touch_are_drawn_together() -> None:
    far = torch.tensor([[10.0, 0.0, 12.0, 2.0]], requires_grad=True)
    torch.autograd.backward(box_loss(far, BOX).sum())
    assert far.grad is not None
    assert far.grad[0, 0] > 0  # the left edge shall go to the left


def test_a_centre_loses_by_how_little_it_is_believed() -> None:
    heat = torch.tensor([[[1.0]]])
    loss = centre_loss(torch.zeros(1, 1, 1), heat).item()
    assert loss == pytest.approx(0.25 * math.log(2))
    assert centre_loss(torch.full((1, 1, 1), 9.0), heat).item() < 1e-6


def test_a_false_centre_costs_less_near_a_true_one() -> None:
    logits = torch.full((1, 1, 3), 2.0)
    near = centre_loss(logits, torch.tensor([[[1.0, 0.8, 0.0]]]))
    far = centre_loss(logits, torch.tensor([[[1.0, 0.0, 0.0]]]))
    assert near < far


def test_the_loss_is_counted_per_object() -> None:
    one = centre_loss(torch.zeros(1, 2, 2), torch.eye(2)[None])
    two = centre_loss(torch.zeros(2, 2, 2), torch.eye(2).expand(2, 2, 2))
    assert one.item() == pytest.approx(two.item())


def test_an_image_without_objects_has_a_finite_loss() -> None:
    assert torch.isfinite(centre_loss(torch.zeros(1, 2, 2), torch.zeros(1, 2, 2)))
