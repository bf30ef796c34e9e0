from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from sam_core.figures.masking import (
    cut_square,
    draw_masking,
    draw_reconstruction,
    load_autoencoder,
)
from sam_core.figures.style import FigureError, Pixels
from sam_core.modeling import HybridImageEncoder
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


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_saved_autoencoder_comes_back(
    autoencoder: MaskedAutoencoder, tmp_path: Path, wrapped: bool
) -> None:
    state = autoencoder.state_dict()
    torch.save({"model": state, "step": 3} if wrapped else state, tmp_path / "mae.pt")
    loaded = load_autoencoder(tmp_path / "mae.pt")
    assert isinstance(loaded.encoder, PlainImageEncoder)
    assert torch.equal(loaded.to_pixels.weight, autoencoder.to_pixels.weight)


def test_the_keys_tell_which_encoder_it_has(tmp_path: Path) -> None:
    torch.save(MaskedAutoencoder(HybridImageEncoder()).state_dict(), tmp_path / "mae.pt")
    assert isinstance(load_autoencoder(tmp_path / "mae.pt").encoder, HybridImageEncoder)


@pytest.mark.parametrize("content", [None, b"not a checkpoint", {"other": torch.zeros(1)}])
def test_another_file_is_refused(tmp_path: Path, content: object) -> None:
    path = tmp_path / "mae.pt"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        torch.save(content, path)
    with pytest.raises(FigureError, match="mae checkpoint must hold the weights"):
        load_autoencoder(path)


def test_visible_patches_stay_as_they_are(autoencoder: MaskedAutoencoder, photo: Pixels) -> None:
    figure = draw_reconstruction(autoencoder, [photo, photo])
    assert len(figure.axes) == 6
    whole, masked, guess = (np.asarray(axis.images[0].get_array()) for axis in figure.axes[:3])
    visible = (masked == whole).all(axis=-1)
    assert visible.any()
    assert (guess[visible] == whole[visible]).all()
    assert (guess[~visible] != masked[~visible]).any()
