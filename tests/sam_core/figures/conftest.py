"""A small model of our own kind and photographs of a few pixels."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sam_core.build_sam import build_for_training
from sam_core.figures.style import Pixels
from sam_core.predictor import SamPredictor


@pytest.fixture(scope="package")
def predictor() -> SamPredictor:
    """Return a predictor with random weights and an input of 64 pixels."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return SamPredictor(build_for_training("maskwright_s", 64).eval())


@pytest.fixture
def photo() -> Pixels:
    """Return a photograph of 48 x 64 pixels: a bright square before a slope of colours."""
    rows, columns = np.mgrid[:48, :64]
    pixels = np.stack([3 * rows, 3 * columns, rows + columns], axis=-1).astype(np.uint8)
    pixels[12:36, 16:40] = 240
    return pixels
