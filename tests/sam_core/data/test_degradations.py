"""Degradations: each leaves the size and the mean, and does what its name says."""

import numpy as np
import pytest

from sam_core.data.degradations import add_noise, blur, compress, degrade


@pytest.fixture
def edge() -> np.ndarray:
    pixels = np.full((16, 16, 3), 60, dtype=np.uint8)
    pixels[:, 5:] = 180
    return pixels


@pytest.mark.parametrize("seed", range(9))
def test_a_degraded_image_keeps_size_type_and_roughly_its_mean(edge: np.ndarray, seed: int) -> None:
    worse = degrade(edge, np.random.default_rng(seed))
    assert worse.shape == edge.shape
    assert worse.dtype == np.uint8
    assert worse.mean() == pytest.approx(edge.mean(), abs=3)
    assert not np.array_equal(worse, edge)


def test_blur_softens_an_edge(edge: np.ndarray) -> None:
    steps = np.abs(np.diff(blur(edge, 1.0)[8, :, 0].astype(int)))
    assert 0 < steps.max() < 120


def test_noise_has_the_deviation_that_was_asked_for() -> None:
    grey = np.full((64, 64, 3), 128, dtype=np.uint8)
    noisy = add_noise(grey, 10.0, np.random.default_rng(0))
    assert noisy.std() == pytest.approx(10, rel=0.05)


def test_noise_does_not_wrap_around() -> None:
    black = np.zeros((32, 32, 3), dtype=np.uint8)
    assert add_noise(black, 10.0, np.random.default_rng(0)).max() < 100


def test_lower_quality_changes_more(edge: np.ndarray) -> None:
    noisy = add_noise(edge, 10.0, np.random.default_rng(0))
    errors = [np.abs(compress(noisy, quality) - noisy.astype(int)).mean() for quality in (20, 90)]
    assert errors[0] > errors[1]
