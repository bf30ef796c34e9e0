"""The baselines without learning find easy objects, and stand odd boxes and clicks."""

from __future__ import annotations

import numpy as np
import pytest

from bench.baselines import ellipse_in_box, grabcut_from_box, random_walker_from_clicks
from sam_core.training.simulated_clicks import (
    Click,
    first_click,
    intersection_over_union,
    next_click,
)

HEIGHT, WIDTH = 60, 90


def disk_scene() -> tuple[np.ndarray, np.ndarray]:
    """Return the pixels of a yellow disk on blue with some noise, and its mask."""
    row, column = np.mgrid[:HEIGHT, :WIDTH]
    disk = (row - 30) ** 2 + (column - 40) ** 2 < 18**2
    clean = np.where(disk[..., None], (220, 200, 40), (30, 40, 160))
    noise = np.random.default_rng(0).normal(0, 6, clean.shape)
    return np.clip(clean + noise, 0, 255).astype(np.uint8), disk


def test_the_ellipse_touches_the_sides_of_its_box_and_fills_pi_quarters() -> None:
    mask = ellipse_in_box((40, 60), np.array([10, 5, 50, 35]))
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    assert (rows[0], rows[-1], columns[0], columns[-1]) == (5, 34, 10, 49)
    assert mask.sum() == pytest.approx(np.pi / 4 * 40 * 30, rel=0.01)


def test_the_ellipse_of_one_pixel_is_that_pixel() -> None:
    mask = ellipse_in_box((4, 4), np.array([2, 1, 3, 2]))
    assert np.argwhere(mask).tolist() == [[1, 2]]


def test_grabcut_finds_a_disk_in_its_box_and_repeats_itself() -> None:
    pixels, disk = disk_scene()
    box = np.array([22, 12, 59, 49])
    mask = grabcut_from_box(pixels, box)
    assert intersection_over_union(mask, disk) > 0.95
    assert np.array_equal(mask, grabcut_from_box(pixels, box))


@pytest.mark.parametrize("box", [[0, 0, WIDTH, HEIGHT], [3, 3, 5, 5]])
def test_a_box_with_nothing_to_learn_from_is_returned_whole(box: list[int]) -> None:
    mask = grabcut_from_box(disk_scene()[0], np.array(box))
    assert mask.sum() == (box[2] - box[0]) * (box[3] - box[1])


def test_the_walker_finds_a_disk_with_one_click() -> None:
    pixels, disk = disk_scene()
    mask = random_walker_from_clicks(pixels, [first_click(disk)])
    assert intersection_over_union(mask, disk) > 0.9


def test_the_walker_keeps_away_from_a_background_click() -> None:
    pixels = np.full((HEIGHT, WIDTH, 3), 90, dtype=np.uint8)
    pixels[..., 0] += np.arange(WIDTH, dtype=np.uint8)
    clicks = [Click(30, 30, True), Click(30, 50, False)]
    mask = random_walker_from_clicks(pixels, clicks)
    assert mask[30, 30]
    assert not mask[30, 50]


def test_the_walker_works_at_the_size_of_a_large_image() -> None:
    pixels, disk = disk_scene()
    large = np.kron(pixels, np.ones((6, 6, 1), dtype=np.uint8))
    truth = np.kron(disk, np.ones((6, 6), dtype=np.bool_))
    mask = random_walker_from_clicks(large, [first_click(truth)])
    assert mask.shape == truth.shape
    assert intersection_over_union(mask, truth) > 0.9


def test_a_click_in_the_corner_counts_more_than_the_frame() -> None:
    pixels, disk = disk_scene()
    assert random_walker_from_clicks(pixels, [Click(0, 0, True)])[0, 0]
    click = next_click(random_walker_from_clicks(pixels, [first_click(~disk)]), ~disk)
    assert click is not None
