"""A rating is the same for numbers in any unit, and far ones say no more than the limit."""

from __future__ import annotations

import torch

from sam_core.modeling.mask_rating import FARTHEST, MaskRating

KNOWN = torch.tensor([[0.0, 1.0, -2.0], [3.0, 0.5, 2.0]])


def test_the_unit_of_a_number_does_not_matter() -> None:
    torch.manual_seed(0)
    rating = MaskRating(3)
    told = rating(KNOWN)
    assert told.shape == (2,)
    rating.mean.add_(5)
    rating.spread.mul_(10)
    torch.testing.assert_close(rating(KNOWN * 10 + 5), told)


def test_far_numbers_say_no_more_than_the_limit() -> None:
    rating = MaskRating(3)
    far = torch.full((1, 3), FARTHEST)
    torch.testing.assert_close(rating(far * 50), rating(far))


def test_what_numbers_say_depends_on_the_others() -> None:
    torch.manual_seed(0)
    rating = MaskRating(2)
    zero, one = torch.zeros(1, 2), torch.ones(1, 2)
    first, second = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 1.0]])
    together = rating(one) - rating(first) - rating(second) + rating(zero)
    assert abs(float(together.detach())) > 1e-3
