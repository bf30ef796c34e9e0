from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from sam_core.build_sam import build_tiny
from sam_core.errors import SamCoreError
from sam_core.figures.embedding import (
    attention_of_token,
    draw_attention_reach,
    draw_embedding_map,
    inside_image,
    principal_colours,
)
from sam_core.figures.style import FigureError, Pixels
from sam_core.predictor import SamPredictor


def test_the_main_component_is_the_first_colour() -> None:
    features = torch.zeros(4, 6, 6)
    features[2, :, 3:] = 10
    features[1, :2] = 1
    red = principal_colours(features)[..., 0]
    assert np.ptp(red[4]) > 0.7
    assert red.min() >= 0.1 - 1e-9
    assert red.max() <= 0.9 + 1e-9


def test_cells_in_the_padding_are_cut_away(predictor: SamPredictor, photo: Pixels) -> None:
    predictor.set_image(photo)
    assert inside_image(predictor, torch.zeros(2, 16, 16)).shape == (2, 12, 16)


def test_without_an_image_nothing_is_cut() -> None:
    with pytest.raises(SamCoreError, match="an image must be set"):
        inside_image(SamPredictor(build_tiny()), torch.zeros(2, 4, 4))


def test_attention_is_a_share_of_every_token(predictor: SamPredictor) -> None:
    pixels = torch.randn(1, 3, 64, 64)
    weights = attention_of_token(predictor.model.image_encoder, pixels, (1, 2))
    assert weights.shape == (4, 4)
    assert float(weights.sum()) == pytest.approx(1, abs=1e-5)


def test_attention_leaves_no_hook_behind(predictor: SamPredictor) -> None:
    encoder = predictor.model.image_encoder
    attention_of_token(encoder, torch.randn(1, 3, 64, 64), (0, 0))
    assert not any(module._forward_pre_hooks for module in encoder.modules())


def test_an_encoder_without_global_blocks_is_refused() -> None:
    with pytest.raises(FigureError, match="must have a global block"):
        attention_of_token(nn.Conv2d(3, 3, 1), torch.zeros(1, 3, 8, 8), (0, 0))


def test_the_map_shows_each_photograph_beside_its_cells(
    predictor: SamPredictor, photo: Pixels
) -> None:
    figure = draw_embedding_map(predictor, [photo])
    shown = [np.asarray(axis.images[0].get_array()).shape for axis in figure.axes]
    assert shown == [(48, 64, 3), (3, 4, 3)]


def test_the_reach_shows_window_grid_and_attention(predictor: SamPredictor, photo: Pixels) -> None:
    figure = draw_attention_reach(predictor, photo, (0.3, 0.3))
    assert len(figure.axes) == 3
    assert np.asarray(figure.axes[2].images[-1].get_array()).shape == (3, 4)


def test_a_token_outside_of_the_photograph_is_refused(
    predictor: SamPredictor, photo: Pixels
) -> None:
    with pytest.raises(FigureError, match="place must be two shares below 1"):
        draw_attention_reach(predictor, photo, (1.0, 0.5))
