from __future__ import annotations

import numpy as np
import pytest
import torch

from sam_core.figures.masking import (
    PRACTISED_SIDE,
    cut_square,
    draw_masking,
    draw_reconstruction,
)
from sam_core.figures.style import Pixels
from sam_core.modeling.masked_autoencoder import MaskedAutoencoder
from sam_core.modeling.plain_encoder import PlainImageEncoder


@pytest.fixture
def autoencoder() -> MaskedAutoencoder:
    """Return one with random weights and the plain encoder."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return MaskedAutoencoder(PlainImageEncoder(), decoder_width=32)


def test_a_square_is_cut_from_the_middle_in_whole_patches() -> None:
    photo = np.arange(40 * 70 * 3, dtype=np.uint16).reshape(40, 70, 3).astype(np.uint8)
    square = cut_square(photo)
    assert square.shape == (32, 32, 3)
    assert (square == photo[4:36, 19:51]).all()


def test_a_quarter_is_visible_and_the_target_covers_the_rest(photo: Pixels) -> None:
    whole, visible, target = (
        np.asarray(axis.images[0].get_array()) for axis in draw_masking(photo).axes
    )
    shown = (visible == whole).all(axis=-1)
    assert (target[shown] == 255).all()
    assert int(shown.sum()) == 2 * 16 * 16, "2 of 9 patches: three quarters are 7"


def test_visible_patches_stay_as_they_are(autoencoder: MaskedAutoencoder, photo: Pixels) -> None:
    figure = draw_reconstruction(autoencoder, [photo, photo])
    assert len(figure.axes) == 6
    whole, masked, guess = (np.asarray(axis.images[0].get_array()) for axis in figure.axes[:3])
    visible = (masked == whole).all(axis=-1)
    assert visible.any()
    assert (guess[visible] == whole[visible]).all()
    assert (guess[~visible] != masked[~visible]).any()
    assert whole.shape == (PRACTISED_SIDE, PRACTISED_SIDE, 3)
