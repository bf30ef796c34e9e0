"""The benchmark feeds the decoder what its contract asks for."""

from __future__ import annotations

import pytest
import torch

from bench.decoder_latency import PromptCase, decoder_points, prompt_cases
from bench.encoder_latency import read_photo
from sam_core import SamPredictor
from sam_core.build_sam import build_tiny


@pytest.fixture
def predictor() -> SamPredictor:
    predictor = SamPredictor(build_tiny().eval())
    predictor.set_image(read_photo())
    return predictor


@pytest.mark.parametrize("case", prompt_cases(), ids=lambda case: case.name)
def test_every_point_has_a_label(predictor: SamPredictor, case: PromptCase) -> None:
    coords, labels = decoder_points(predictor, case)
    assert coords.shape[:2] == labels.shape
    assert coords.dtype == labels.dtype == torch.float32


def test_a_click_without_a_box_is_padded(predictor: SamPredictor) -> None:
    coords, labels = decoder_points(predictor, prompt_cases()[0])
    assert labels.tolist() == [[1, -1]]
    assert coords[0, 1].tolist() == [0, 0]


def test_a_box_is_two_corners_without_padding(predictor: SamPredictor) -> None:
    assert decoder_points(predictor, prompt_cases()[2])[1].tolist() == [[2, 3]]


def test_a_predictor_without_an_image_is_refused() -> None:
    with pytest.raises(ValueError, match="must hold an image"):
        decoder_points(SamPredictor(build_tiny()), prompt_cases()[0])
