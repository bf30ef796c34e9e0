"""Scenes: coarse grids and which masks are of use."""

import numpy as np

from sam_core.data.scene import keep_usable, shrink


def test_shrinking_keeps_the_mean_and_the_channels() -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (8, 12, 3), dtype=np.uint8)
    small = shrink(pixels, 4)
    assert small.shape == (2, 3, 3)
    np.testing.assert_allclose(small[1, 2], pixels[4:, 8:].mean(axis=(0, 1)), rtol=1e-5)


def test_specks_and_whole_canvases_are_dropped() -> None:
    masks = np.zeros((3, 4, 4), dtype=bool)
    masks[0, 0, 0] = True
    masks[1, :2] = True
    masks[2] = True
    assert np.array_equal(keep_usable(masks, 2, 0.9), masks[1:2])


def test_no_masks_stay_no_masks() -> None:
    assert keep_usable(np.zeros((0, 4, 4), dtype=bool), 1, 1.0).shape == (0, 4, 4)
