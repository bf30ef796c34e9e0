from __future__ import annotations

import pytest

from sam_core.figures.cost import CLICKS, draw_cost, measure_cost
from sam_core.predictor import SamPredictor


def test_the_arithmetic_of_the_decoder_holds_its_largest_product(predictor: SamPredictor) -> None:
    cost = measure_cost(predictor.model)
    up_scaling = 16 * 128 * (4 * 32) + 64 * 32 * (4 * 16)  # two transposed convolutions
    assert up_scaling < cost.decoder < 40 * up_scaling
    assert cost.encoder > cost.decoder


def test_the_bytes_are_those_of_the_features_in_half_precision(predictor: SamPredictor) -> None:
    cost = measure_cost(predictor.model)
    assert cost.feature_bytes == 2 * (128 * 4 * 4 + 16 * 16 * 16 + 32 * 8 * 8)
    assert cost.pixel_bytes == 3 * 64 * 64


def test_both_ways_cost_the_same_for_one_click(predictor: SamPredictor) -> None:
    whole, split = draw_cost(predictor.model).axes[0].lines
    assert whole.get_ydata()[0] == pytest.approx(split.get_ydata()[0])
    assert len(split.get_ydata()) == CLICKS
    assert whole.get_ydata()[-1] > split.get_ydata()[-1]
