"""IoU as a label for the quality head."""

import torch

from sam_core.losses import mask_iou, quality_loss

LEFT = torch.tensor([[[True, True, False, False]]])
MIDDLE = torch.tensor([[[False, True, True, False]]])
NOTHING = torch.zeros_like(LEFT)


def test_iou_of_overlapping_masks_is_the_shared_part_of_all_pixels() -> None:
    torch.testing.assert_close(mask_iou(LEFT, MIDDLE), torch.tensor([1 / 3]))


def test_iou_does_not_depend_on_the_order() -> None:
    torch.testing.assert_close(mask_iou(LEFT, MIDDLE), mask_iou(MIDDLE, LEFT))


def test_two_empty_masks_are_equal_and_one_empty_mask_shares_nothing() -> None:
    assert float(mask_iou(NOTHING, NOTHING)) == 1
    assert float(mask_iou(NOTHING, LEFT)) == 0


def test_leading_axes_are_kept() -> None:
    masks = torch.zeros(2, 3, 4, 4, dtype=torch.bool)
    assert mask_iou(masks, masks).shape == (2, 3)


def test_the_true_quality_costs_nothing() -> None:
    logits = torch.where(LEFT, 5.0, -5.0)
    loss = quality_loss(torch.tensor([1 / 3]), logits, MIDDLE.float())
    torch.testing.assert_close(loss, torch.zeros(1))


def test_only_the_quality_head_gets_a_gradient() -> None:
    logits = torch.randn(2, 3, 3, requires_grad=True)
    predicted = torch.tensor([0.4, 0.6], requires_grad=True)
    quality_loss(predicted, logits, torch.ones(2, 3, 3)).sum().backward()
    assert logits.grad is None
    assert predicted.grad is not None
    assert bool((predicted.grad != 0).all())
