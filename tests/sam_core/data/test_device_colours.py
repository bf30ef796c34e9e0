"""Colours that change on a device."""

import torch

from sam_core.data.device_colours import change_colours


def picture() -> torch.Tensor:
    torch.manual_seed(1)
    return 255 * torch.rand(16, 3, 12, 12)


def test_no_strength_changes_nothing() -> None:
    pixels = picture()
    assert torch.equal(change_colours(pixels, 0.0), pixels)


def test_colours_stay_in_range_and_differ_between_images() -> None:
    pixels = picture()[:1].expand(16, -1, -1, -1)
    changed = change_colours(pixels, 0.4)
    assert 0 <= changed.min() <= changed.max() <= 255
    assert changed.mean(dim=(1, 2, 3)).std() > 5


def test_the_same_seed_gives_the_same_colours() -> None:
    pixels = picture()
    torch.manual_seed(5)
    first = change_colours(pixels, 0.3)
    torch.manual_seed(5)
    assert torch.equal(change_colours(pixels, 0.3), first)
