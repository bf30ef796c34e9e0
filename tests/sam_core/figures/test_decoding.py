from __future__ import annotations

import numpy as np
import pytest
import torch

from sam_core.build_sam import build_tiny
from sam_core.figures.decoding import (
    draw_drawn_prompts,
    draw_hypernetwork,
    trace_decoder,
)
from sam_core.figures.style import FigureError, Pixels
from sam_core.predictor import SamPredictor
from sam_core.prompts import BoxPrompt, PointPrompt, PromptSet

CLICK = PromptSet((PointPrompt(20, 20, 1),))
ALL_PROMPTS = PromptSet((PointPrompt(20, 20, 1), PointPrompt(50, 40, 0)), BoxPrompt(10, 8, 42, 40))


def test_weights_times_features_are_the_logits(predictor: SamPredictor, photo: Pixels) -> None:
    predictor.set_image(photo)
    trace = trace_decoder(predictor, CLICK)
    product = torch.einsum("mc,chw->mhw", trace.weights, trace.features)
    logits = predictor.predict_prompts(CLICK).low_res_logits
    assert np.allclose(product[1:].numpy(), logits, atol=1e-4)


def test_tracing_leaves_no_hook_behind(predictor: SamPredictor, photo: Pixels) -> None:
    predictor.set_image(photo)
    trace_decoder(predictor, CLICK)
    assert not any(module._forward_hooks for module in predictor.model.modules())


def test_drawn_clicks_lie_where_the_prompts_are(predictor: SamPredictor, photo: Pixels) -> None:
    figure = draw_drawn_prompts(predictor, photo, ALL_PROMPTS)
    maps = {axis.get_xlabel(): axis.images[0].get_array() for axis in figure.axes}
    narrow = np.asarray(maps["foreground, narrow"])
    row, column = np.unravel_index(int(narrow.argmax()), narrow.shape)
    assert ((column + 0.5) * 4, (row + 0.5) * 4) == pytest.approx((20, 20), abs=2)
    assert set(maps) >= {"the prompts", "inside of the box", "background, wide", "earlier logits"}


def test_the_published_prompt_encoder_draws_nothing(photo: Pixels) -> None:
    with pytest.raises(FigureError, match="prompt encoder must draw its prompts"):
        draw_drawn_prompts(SamPredictor(build_tiny()), photo, ALL_PROMPTS)


def test_the_hypernetwork_figure_goes_from_features_to_the_mask(
    predictor: SamPredictor, photo: Pixels
) -> None:
    figure = draw_hypernetwork(predictor, photo, CLICK)
    labels = [axis.get_xlabel() for axis in figure.axes]
    assert labels == [
        "16 features of every cell",
        "16 weights of one token",
        "their product: logits",
        "above 0: the mask",
    ]
    assert len(figure.axes[1].patches) == 16
