"""A correction holds: the place of a click is on the side that the click says."""

import pytest
import torch
from jaxtyping import TypeCheckError
from torch import Tensor
from torch.nn import functional

from sam_core.modeling.held_clicks import HELD_MARGIN, hold_clicks

SIDE = 16
CLICK = (5.3, 9.8)
NO_MASK, WITH_MASK = torch.zeros(1), torch.ones(1)


def hold(logits: Tensor, points: list[tuple[float, float, float]], has_mask: Tensor) -> Tensor:
    """Hold clicks that are given as x, y in cells and a label."""
    values = torch.tensor([points])
    return hold_clicks(logits, values[..., :2] / SIDE, values[..., 2], has_mask)


def read(logits: Tensor, x: float, y: float) -> Tensor:
    """Read logits at a place in cells, as enlarging them does."""
    place = torch.tensor([x, y]) / SIDE * 2 - 1
    grid = place.expand(len(logits), 1, 1, 2)
    values = functional.grid_sample(logits, grid, padding_mode="border", align_corners=False)
    return values[:, :, 0, 0]


@pytest.mark.parametrize("label", [0, 1])
@pytest.mark.parametrize("place", [CLICK, (0.1, 0.2), (15.9, 8.0), (7.5, 7.5)])
def test_the_place_of_a_click_goes_just_to_its_side(label: int, place: tuple[float, float]) -> None:
    side = 2 * label - 1
    held = hold(torch.full((1, 3, SIDE, SIDE), -6.0 * side), [(*place, label)], WITH_MASK)
    torch.testing.assert_close(read(held, *place), torch.full((1, 3), side * HELD_MARGIN))


def test_only_the_cells_around_a_click_give_way() -> None:
    logits = torch.randn(1, 2, SIDE, SIDE, generator=torch.Generator().manual_seed(1)) + 5
    held = hold(logits, [(*CLICK, 0)], WITH_MASK)
    rows, columns = torch.nonzero((held != logits)[0, 0], as_tuple=True)
    assert (int(rows.min()), int(rows.max())) == (8, 10)
    assert (int(columns.min()), int(columns.max())) == (4, 6)


def test_what_is_right_already_stays_as_it_is() -> None:
    logits = torch.full((1, 1, SIDE, SIDE), 4.0)
    logits[..., :8] = -4.0
    held = hold(logits, [(3.0, 3.0, 0), (12.0, 3.0, 1)], WITH_MASK)
    torch.testing.assert_close(held, logits, rtol=0, atol=0)


def test_a_lone_click_asks_and_does_not_correct() -> None:
    logits = torch.full((1, 3, SIDE, SIDE), -6.0)
    lone = hold(logits, [(*CLICK, 1), (0.0, 0.0, -1)], NO_MASK)
    torch.testing.assert_close(lone, logits, rtol=0, atol=0)
    assert bool((read(hold(logits, [(*CLICK, 1), (1.0, 1.0, 0)], NO_MASK), *CLICK) > 0).all())


def test_padding_and_the_corners_of_a_box_are_no_clicks() -> None:
    logits = torch.randn(1, 1, SIDE, SIDE, generator=torch.Generator().manual_seed(2))
    held = hold(logits, [(4.0, 4.0, -1), (2.0, 2.0, 2), (9.0, 9.0, 3)], WITH_MASK)
    torch.testing.assert_close(held, logits, rtol=0, atol=0)


def test_neighbours_of_opposite_sides_both_hold() -> None:
    clicks = [(5.0, 5.0, 1.0), (7.0, 5.0, 0.0), (5.0, 7.0, 0.0)]
    held = hold(torch.full((1, 1, SIDE, SIDE), 8.0), clicks, WITH_MASK)
    assert [float(read(held, x, y)) > 0 for x, y, _ in clicks] == [True, False, False]


def test_each_prompt_of_a_batch_holds_its_own_clicks() -> None:
    logits = torch.full((2, 1, SIDE, SIDE), 5.0)
    unit = torch.tensor([[[0.25, 0.25]], [[0.75, 0.75]]])
    held = hold_clicks(logits, unit, torch.zeros(2, 1), torch.ones(2))
    assert held.shape == logits.shape
    assert read(held, 4.0, 4.0).flatten().sign().tolist() == [-1, 1]
    assert read(held, 12.0, 12.0).flatten().sign().tolist() == [1, -1]


def test_logits_keep_their_gradient_away_from_clicks_and_lose_it_at_them() -> None:
    logits = torch.full((1, 1, SIDE, SIDE), 5.0, requires_grad=True)
    held = hold(logits, [(5.5, 9.5, 0)], WITH_MASK)
    far, at = torch.autograd.grad(held[0, 0, 0, 0] + 2 * held[0, 0, 9, 5], logits)[0][
        0, 0, (0, 9), (0, 5)
    ]
    assert (float(far), float(at)) == (1.0, 0.0)


def test_batches_that_differ_are_refused() -> None:
    with pytest.raises(TypeCheckError):
        hold_clicks(torch.zeros(2, 1, 4, 4), torch.zeros(3, 1, 2), torch.zeros(3, 1), torch.ones(3))
