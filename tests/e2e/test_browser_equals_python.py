"""The browser's decoder gives what torch gives for the same embedding and prompts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from sam_core.build_sam import build_default
from tests.e2e.shown import ShownDraft, overlap
from tests.e2e.workbench import Workbench

if TYPE_CHECKING:
    from sam_core.modeling import Sam

MAX_LOGIT_DIFFERENCE = 1e-2
MIN_MASK_IOU = 0.999
SIZE = (600, 400)
BOX = (160.0, 25.0, 430.0, 330.0)


@pytest.fixture
def coffee(shared_coffee: Workbench) -> Workbench:
    return shared_coffee


@cache
def shipped_model() -> Sam:
    return build_default().eval()


def click_once(page: Workbench) -> None:
    page.click(285, 250)


def click_three_times(page: Workbench) -> None:
    page.click(285, 250)
    page.click(300, 60)
    page.click(130, 200, background=True)


def draw_box(page: Workbench) -> None:
    page.draw_box(*BOX)


def draw_box_and_click(page: Workbench) -> None:
    page.draw_box(*BOX)
    page.click(285, 250)


@pytest.mark.parametrize("gesture", [click_once, click_three_times, draw_box, draw_box_and_click])
def test_logits_and_masks_equal_those_of_torch(
    coffee: Workbench, gesture: Callable[[Workbench], None]
) -> None:
    gesture(coffee)
    draft = coffee.open_draft()
    logits = decode_with_torch(coffee, draft)
    for candidate in draft.candidates:
        expected = logits[:, candidate.token : candidate.token + 1]
        difference = np.abs(expected[0, 0].numpy() - candidate.logits).max()
        assert difference <= MAX_LOGIT_DIFFERENCE
        assert overlap(mask_from_logits(expected), candidate.mask) >= MIN_MASK_IOU


def decode_with_torch(page: Workbench, draft: ShownDraft) -> torch.Tensor:
    """Return the logits of all tokens for what the page sent to its decoder."""
    sam = shipped_model()
    coords, labels = encode_prompts(draft)
    features = {name: tensor.float() for name, tensor in page.embedding().items()}
    previous = page.previous_logits()
    side = sam.prompt_encoder.mask_input_size
    mask_input = torch.zeros(1, 1, *side)
    if previous is not None:
        mask_input = torch.from_numpy(previous).reshape(1, 1, *side)
    has_mask = torch.tensor([0.0 if previous is None else 1.0])
    with torch.no_grad():
        logits, _ = sam.mask_decoder.predict_masks(
            image_embeddings=features["image_embeddings"],
            image_pe=sam.prompt_encoder.get_dense_pe(),
            sparse_prompt_embeddings=sam.prompt_encoder.embed_tokens(coords, labels),
            dense_prompt_embeddings=sam.prompt_encoder.embed_dense(
                coords, labels, mask_input, has_mask
            ),
            high_res_features=tuple(
                features[name]
                for name in ("high_res_features_s4", "high_res_features_s8")
                if name in features
            ),
        )
        return sam.prompt_encoder.hold_clicks(logits, coords, labels, has_mask)


def encode_prompts(draft: ShownDraft) -> tuple[torch.Tensor, torch.Tensor]:
    """Return coordinates in model pixel indices and labels, as the decoder's contract says."""
    points = [(x, y, label) for x, y, label in draft.points]
    if draft.box is None:
        scaled = [(*to_model(x, y), label) for x, y, label in points] + [(0.0, 0.0, -1)]
    else:
        x0, y0, x1, y1 = draft.box
        scaled = [(*to_model(x, y), label) for x, y, label in [*points, (x0, y0, 2), (x1, y1, 3)]]
    rows = torch.tensor([scaled], dtype=torch.float32)
    return rows[..., :2], rows[..., 2]


def to_model(x: float, y: float) -> tuple[float, float]:
    scale = shipped_model().image_encoder.img_size / max(SIZE)
    input_width, input_height = (int(side * scale + 0.5) for side in SIZE)
    return x * input_width / SIZE[0] - 0.5, y * input_height / SIZE[1] - 0.5


def mask_from_logits(logits: torch.Tensor) -> np.ndarray:
    sam = shipped_model()
    scale = sam.image_encoder.img_size / max(SIZE)
    input_size = tuple(int(side * scale + 0.5) for side in reversed(SIZE))
    image_size = tuple(reversed(SIZE))
    masks = sam.postprocess_masks(logits, input_size, image_size) > sam.mask_threshold
    mask: np.ndarray = masks[0, 0].numpy()
    return mask
