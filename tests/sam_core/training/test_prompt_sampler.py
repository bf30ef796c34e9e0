"""Simulated annotators: points inside, boxes around, clicks on the error."""

import pytest
import torch

from sam_core.training import prompt_sampler
from sam_core.training.prompt_sampler import correction_clicks, first_prompts, random_cell

STRIDE = 4


@pytest.fixture
def masks() -> torch.Tensor:
    torch.manual_seed(1)
    masks = torch.zeros(40, 16, 16)
    masks[:, 3:9, 5:12] = 1
    return masks


def cells_of(coords: torch.Tensor) -> torch.Tensor:
    return ((coords + 0.5) / STRIDE).floor().long()


def test_a_first_point_lies_inside_and_is_followed_by_padding(masks: torch.Tensor) -> None:
    centres = torch.tensor([8.5, 6.0]).expand(40, 2)
    prompts = first_prompts(masks, centres, torch.zeros(40, dtype=torch.bool), STRIDE)
    x, y = cells_of(prompts.coords[:, 0]).unbind(1)
    assert bool((masks[torch.arange(40), y, x] == 1).all())
    assert prompts.labels.unique(dim=0).tolist() == [[1, -1]]


def test_a_box_encloses_the_mask_up_to_its_noise(masks: torch.Tensor) -> None:
    centres = torch.tensor([8.5, 6.0]).expand(40, 2)
    prompts = first_prompts(masks, centres, torch.ones(40, dtype=torch.bool), STRIDE)
    assert prompts.labels.unique(dim=0).tolist() == [[2, 3]]
    truth = torch.tensor([[20.0, 12.0], [48.0, 36.0]]) - 0.5
    limit = 20 / 1024 * 64
    assert float((prompts.coords - truth).abs().max()) <= limit + 1e-4
    assert float(prompts.coords.std(dim=0).min()) > 0


def test_missed_pixels_get_foreground_and_false_pixels_background(masks: torch.Tensor) -> None:
    missed = torch.full_like(masks, -5.0)
    coords, labels = correction_clicks(missed, masks, STRIDE)
    assert bool((labels == 1).all())
    false = torch.where(masks > 0, 5.0, -5.0)
    false[:, 12:, :] = 5.0
    coords, labels = correction_clicks(false, masks, STRIDE)
    assert bool((labels == 0).all())
    assert int(cells_of(coords)[:, 1].min()) >= 12


def test_clicks_keep_off_the_rim_of_a_thick_error(masks: torch.Tensor) -> None:
    coords, _ = correction_clicks(torch.full_like(masks, -5.0), masks, STRIDE)
    x, y = cells_of(coords).unbind(1)
    assert 6 <= int(x.min()) <= int(x.max()) <= 10
    assert 4 <= int(y.min()) <= int(y.max()) <= 7


def test_a_perfect_mask_gets_a_foreground_click_inside(masks: torch.Tensor) -> None:
    coords, labels = correction_clicks(torch.where(masks > 0, 5.0, -5.0), masks, STRIDE)
    x, y = cells_of(coords).unbind(1)
    assert bool((labels == 1).all())
    assert bool((masks[torch.arange(40), y, x] == 1).all())


def test_every_cell_of_a_region_is_drawn_about_equally_often() -> None:
    torch.manual_seed(0)
    region = torch.zeros(4000, 4, 4)
    region[:, 1:3, 1:3] = 1
    cells = random_cell(region).floor().long()
    counts = torch.bincount(cells[:, 1] * 4 + cells[:, 0], minlength=16)
    assert int(counts.sum()) == 4000
    assert int(counts[[5, 6, 9, 10]].min()) > 900


def test_adding_a_click_appends_one_token_to_each(masks: torch.Tensor) -> None:
    centres = torch.tensor([8.5, 6.0]).expand(40, 2)
    prompts = first_prompts(masks, centres, torch.zeros(40, dtype=torch.bool), STRIDE)
    more = prompts.add(torch.zeros(40, 2), torch.zeros(40))
    assert more.coords.shape == (40, 3, 2)
    assert more.labels[0].tolist() == [1, -1, 0]


def test_a_box_without_noise_knows_how_much_of_a_cell_is_covered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prompt_sampler, "BOX_NOISE_SHARE", 0.0)
    mask = torch.zeros(1, 16, 16)
    mask[:, 4:8, 5:9] = 1
    mask[:, 4:8, 9] = 0.25  # a quarter of a cell more on the right
    prompts = first_prompts(mask, torch.tensor([[7.0, 6.0]]), torch.ones(1).bool(), STRIDE)
    assert prompts.coords[0].add(0.5).tolist() == [[20.0, 16.0], [37.0, 32.0]]


def test_about_half_of_the_corrections_go_to_the_deepest_place() -> None:
    torch.manual_seed(0)
    masks = torch.zeros(400, 21, 21)
    masks[:, 2:19, 2:19] = 1
    coords, _ = correction_clicks(torch.full_like(masks, -5.0), masks, STRIDE)
    middle = (cells_of(coords) == 10).all(dim=1).float().mean()
    assert 0.4 < float(middle) < 0.6
