"""Random views: image and mask must stay on top of each other."""

from dataclasses import replace

import numpy as np
import pytest

from sam_core.data.augmentations import (
    View,
    draw_image,
    draw_mask,
    jitter_colour,
    sample_view,
)

WHOLE = View(left=0, top=0, right=32, bottom=16, height=32, width=64, canvas=64, flip=False)


def half_white() -> tuple[np.ndarray, np.ndarray]:
    mask = np.zeros((16, 32), dtype=bool)
    mask[:, 20:] = True
    return np.repeat(mask[..., None], 3, axis=2).astype(np.uint8) * 255, mask


@pytest.mark.parametrize("seed", range(20))
def test_a_view_lies_inside_the_image_and_fits_the_canvas(seed: int) -> None:
    view = sample_view((300, 400), 128, (0.3, 2.0), np.random.default_rng(seed))
    assert 0 <= view.left < view.right <= 400 + 1e-9
    assert 0 <= view.top < view.bottom <= 300 + 1e-9
    assert max(view.height, view.width) <= 128
    ratio_x = view.width / (view.right - view.left)
    ratio_y = view.height / (view.bottom - view.top)
    assert ratio_x == pytest.approx(ratio_y, rel=0.05)


def test_scale_one_shows_the_whole_image() -> None:
    view = sample_view((300, 400), 128, (1.0, 1.0), np.random.default_rng(0))
    assert (view.left, view.top, view.right, view.bottom) == (0, 0, 400, 300)
    assert (view.width, view.height) == (128, 96)


@pytest.mark.parametrize("seed", range(8))
def test_the_mask_follows_the_image_through_crop_scale_and_flip(seed: int) -> None:
    pixels, mask = half_white()
    view = sample_view((16, 32), 64, (1.0, 2.0), np.random.default_rng(seed))
    bright = draw_image(pixels, view)[..., 0] > 127
    drawn = draw_mask(mask, view, 1) > 0.5
    assert (bright == drawn).mean() > 0.99


def test_a_flip_mirrors_the_drawn_part_and_leaves_the_padding_on_the_right() -> None:
    pixels, _ = half_white()
    flipped = replace(WHOLE, width=32, height=16, flip=True)
    canvas = draw_image(pixels, flipped)
    assert np.array_equal(canvas[:16, :32], pixels[:, ::-1])
    assert not canvas[16:].any()
    assert not canvas[:, 32:].any()


@pytest.mark.parametrize("turns", range(4))
def test_a_turn_moves_image_and_mask_alike_and_pads_on_the_right(turns: int) -> None:
    pixels, mask = half_white()
    view = replace(WHOLE, turns=turns)
    drawn = draw_image(pixels, view)
    height, width = view.drawn_hw
    assert (height, width) == ((32, 64) if turns % 2 == 0 else (64, 32))
    upright = draw_image(pixels, WHOLE)[:32, :64]
    assert np.array_equal(drawn[:height, :width], np.rot90(upright, turns))
    assert not drawn[height:].any()
    assert not drawn[:, width:].any()
    assert ((drawn[..., 0] > 127) == (draw_mask(mask, view, 1) > 0.5)).all()


def test_views_are_turned_as_often_as_asked() -> None:
    rng = np.random.default_rng(0)
    turns = [sample_view((30, 40), 64, (1.0, 1.0), rng, 0.5).turns for _ in range(300)]
    assert sum(turn > 0 for turn in turns) / 300 == pytest.approx(0.5, abs=0.08)
    assert set(turns) == {0, 1, 2, 3}


def test_a_view_shows_the_same_on_a_smaller_copy() -> None:
    pixels, _ = half_white()
    view = replace(WHOLE, left=4, right=28, width=48)
    large = np.kron(pixels, np.ones((4, 4, 1), dtype=np.uint8))
    moved = view.on_copy((16, 32), (64, 128))
    assert (moved.left, moved.right, moved.bottom) == (16, 112, 64)
    difference = draw_image(large, moved).astype(int) - draw_image(pixels, view)
    assert np.abs(difference).mean() < 4


def test_a_smaller_mask_keeps_the_covered_share() -> None:
    _, mask = half_white()
    drawn = draw_mask(mask, WHOLE, 4)
    assert drawn.shape == (16, 16)
    assert drawn[:8].mean() == pytest.approx(mask.mean(), abs=0.02)


def test_no_colour_jitter_leaves_the_image_as_it_is() -> None:
    pixels, _ = half_white()
    assert jitter_colour(pixels, 0, np.random.default_rng(0)) is pixels


def test_colour_jitter_changes_colours_but_not_the_size() -> None:
    pixels = np.full((4, 4, 3), (10, 120, 200), dtype=np.uint8)
    jittered = jitter_colour(pixels, 0.5, np.random.default_rng(1))
    assert jittered.shape == pixels.shape
    assert not np.array_equal(jittered, pixels)
