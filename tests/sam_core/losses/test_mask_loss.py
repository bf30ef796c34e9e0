"""The training loss: the best candidate learns the mask, all learn their quality."""

import torch

from sam_core.losses import (
    MaskLossWeights,
    dice_loss,
    mask_loss,
    mask_losses,
    normalised_focal_loss,
    sigmoid_focal_loss,
)

TRUTH = torch.zeros(1, 8, 8)
TRUTH[:, 2:6, 2:6] = 1
ONLY_MASK = MaskLossWeights(quality=0.0, all_candidates=0.0)


def candidates() -> torch.Tensor:
    good = 4 * TRUTH - 2
    return torch.stack([-good, good, torch.zeros_like(good)], dim=1).requires_grad_()


def test_one_candidate_gives_the_weighted_sum_of_the_paper() -> None:
    logits = torch.randn(1, 1, 8, 8)
    loss = mask_loss(logits, torch.zeros(1, 1), TRUTH, ONLY_MASK).total
    expected = 20 * sigmoid_focal_loss(logits[:, 0], TRUTH) + dice_loss(logits[:, 0], TRUTH)
    torch.testing.assert_close(loss, expected[0])


def test_the_normalised_focal_loss_may_take_the_place_of_the_focal_loss() -> None:
    logits = torch.randn(1, 1, 8, 8)
    weights = MaskLossWeights(focal=0.0, normalised_focal=1.0, quality=0.0, all_candidates=0.0)
    loss = mask_loss(logits, torch.zeros(1, 1), TRUTH, weights).total
    expected = normalised_focal_loss(logits[:, 0], TRUTH) + dice_loss(logits[:, 0], TRUTH)
    torch.testing.assert_close(loss, expected[0])


def test_only_the_best_candidate_learns_the_mask() -> None:
    logits = candidates()
    mask_loss(logits, torch.zeros(1, 3), TRUTH, ONLY_MASK).total.backward()
    assert logits.grad is not None
    touched = logits.grad.abs().sum(dim=(-2, -1))[0]
    assert touched[1] > 0
    assert touched[0] == touched[2] == 0


def test_the_share_for_all_candidates_reaches_every_one() -> None:
    logits = candidates()
    weights = MaskLossWeights(quality=0.0)
    mask_loss(logits, torch.zeros(1, 3), TRUTH, weights).total.backward()
    assert logits.grad is not None
    assert bool((logits.grad.abs().sum(dim=(-2, -1)) > 0).all())


def test_the_order_of_the_candidates_does_not_matter() -> None:
    logits = candidates().detach()
    quality = torch.tensor([[0.1, 0.9, 0.3]])
    first = mask_loss(logits, quality, TRUTH).total
    turned = mask_loss(logits.flip(1), quality.flip(1), TRUTH).total
    torch.testing.assert_close(first, turned)


def test_a_batch_is_the_mean_of_its_prompts() -> None:
    logits = torch.randn(2, 3, 8, 8)
    quality = torch.rand(2, 3)
    truth = torch.cat([TRUTH, 1 - TRUTH])
    both = mask_loss(logits, quality, truth).total
    single = [mask_loss(logits[i : i + 1], quality[i : i + 1], truth[i : i + 1]) for i in (0, 1)]
    torch.testing.assert_close(both, (single[0].total + single[1].total) / 2)


def test_each_prompt_has_a_loss_of_its_own() -> None:
    torch.manual_seed(0)
    logits, quality = torch.randn(3, 3, 8, 8), torch.rand(3, 3)
    truth = TRUTH.expand(3, -1, -1)
    each = mask_losses(logits, quality, truth).total
    alone = mask_loss(logits[1:2], quality[1:2], truth[1:2]).total
    torch.testing.assert_close(each[1], alone)
