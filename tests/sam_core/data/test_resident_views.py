"""Views on a device: the same geometry as the views of the worker processes."""

import numpy as np
import pytest
import torch

from sam_core.data.augmentations import draw_image, sample_view
from sam_core.data.resident_views import DeviceViews, draw_views, look, sampling_grid

SIDE = 64


def view_of(left_top: tuple[float, float], scale: float, drawn: tuple[float, float]) -> DeviceViews:
    return DeviceViews(
        torch.tensor([left_top]),
        torch.full((1, 2), scale),
        torch.tensor([drawn]),
        torch.zeros(1, 2, dtype=torch.bool),
        torch.zeros(1, dtype=torch.bool),
    )


@pytest.fixture
def picture() -> torch.Tensor:
    """A smooth picture of 40 x 56 on a canvas of 64, where x and y can be read off the colour."""
    stored = torch.zeros(1, 2, SIDE, SIDE)
    stored[0, 0, :40, :56] = torch.arange(56.0) + 0.5
    stored[0, 1, :40, :56] = (torch.arange(40.0) + 0.5).unsqueeze(1)
    return stored


def test_a_view_shows_the_place_that_it_names(picture: torch.Tensor) -> None:
    views = view_of((8.0, 4.0), 2.0, (64.0, 48.0))
    seen, inside = look(picture, *sampling_grid(views, 64, 64, SIDE), 1)
    assert seen[0, 0, 10, 20] == pytest.approx(8 + 20.5 / 2)
    assert seen[0, 1, 10, 20] == pytest.approx(4 + 10.5 / 2)
    assert inside[0, 0, 47, 63] == 1
    assert inside[0, 0, 48:].max() == 0
    assert seen[0, :, 48:].abs().max() == 0


def test_flips_and_turns_keep_the_image_in_the_upper_left_corner(picture: torch.Tensor) -> None:
    plain = view_of((0.0, 0.0), 1.0, (56.0, 40.0))
    flipped = plain._replace(flipped=torch.tensor([[True, False]]))
    turned = plain._replace(turned=torch.tensor([True]))
    seen = {
        name: look(picture, *sampling_grid(view, 64, 64, SIDE), 1)[0][0]
        for name, view in {"plain": plain, "flipped": flipped, "turned": turned}.items()
    }
    assert torch.allclose(seen["flipped"][0, 5, :56], seen["plain"][0, 5, :56].flip(0))
    assert torch.allclose(seen["turned"], seen["plain"].transpose(1, 2))


def test_the_mean_of_several_samples_is_free_of_aliasing() -> None:
    stripes = (torch.arange(SIDE) % 2).float().expand(1, 1, SIDE, SIDE)
    views = view_of((0.0, 0.0), 0.5, (32.0, 32.0))
    seen, _ = look(stripes.contiguous(), *sampling_grid(views, 64, 128, SIDE), 2)
    assert torch.allclose(seen[0, 0, 4:28, 4:28], torch.tensor(0.5), atol=0.05)


def test_drawn_windows_lie_inside_the_image_and_on_the_canvas() -> None:
    torch.manual_seed(0)
    sizes = torch.tensor([[30.0, 64.0], [64.0, 20.0], [10.0, 12.0]]).repeat(50, 1)
    views = draw_views(sizes, 96, (0.5, 2.0), 0.1)
    window = views.drawn / views.scale
    assert (views.left_top >= 0).all()
    assert (views.left_top + window <= sizes.flip(1) + 1e-3).all()
    assert (views.drawn <= 96 + 1e-3).all()
    largest = views.drawn.amax(dim=1)
    assert largest.min() >= 0.5 * 96 - 1e-3
    assert (largest > 95.9).any()


def test_sizes_are_those_of_the_views_of_the_worker_processes() -> None:
    rng = np.random.default_rng(0)
    view = sample_view((40, 60), 96, (1.0, 1.0), rng)
    theirs = draw_image(np.full((40, 60, 3), 255, dtype=np.uint8), view)[..., 0] > 0
    ours = view_of((0.0, 0.0), 1.6, (96.0, 64.0))
    _, covered = sampling_grid(ours, 96, 96, SIDE)
    assert np.array_equal(covered[0].numpy(), theirs)
