"""The threshold that a person chooses is kept, and Python makes the same mask of it."""

from __future__ import annotations

import numpy as np
import torch

from sam_core.build_sam import build_default
from sam_core.transforms import ResizeLongestSide
from tests.e2e.shown import decode_rle
from tests.e2e.workbench import Workbench

CUP = (285.0, 250.0)
SIZE = (600, 400)
IS_EXACT = """(threshold) => {
  const state = maskwright.store.get();
  const draft = state.documents[state.currentImageId].content.draft;
  return draft.candidates[draft.candidateIndex].placement.threshold === threshold;
}"""
READ_KEPT = """() => {
  const state = maskwright.store.get();
  return state.documents[state.currentImageId].content.objects[0].prompts.threshold;
}"""


def test_the_chosen_threshold_is_kept_and_python_agrees(coffee: Workbench) -> None:
    coffee.click(*CUP)
    before = coffee.open_draft().shown
    coffee.press(".", ".", ".")
    coffee.page.wait_for_function(IS_EXACT, arg=0.75)
    after = coffee.open_draft().shown
    assert (after.logits == before.logits).all(), "no second run of the decoder"
    assert after.area < before.area
    assert (after.mask == python_mask(after.logits, 0.75)).all()
    coffee.accept()
    assert coffee.page.evaluate(READ_KEPT) == 0.75
    kept = coffee.get_json(f"/api/images/{coffee.current('id')}/annotations")["annotations"][0]
    assert kept["prompts"]["threshold"] == 0.75
    assert (decode_rle(kept["segmentation"]) == after.mask).all()


def test_accepting_at_once_keeps_the_mask_of_the_moved_threshold(coffee: Workbench) -> None:
    coffee.click(*CUP)
    logits = coffee.open_draft().shown.logits
    coffee.press(",", ",", "Enter")
    coffee.wait_until_kept(1)
    kept = coffee.objects()[0]
    assert kept["prompts"]["threshold"] == -0.5
    assert (decode_rle(kept["rle"]) == python_mask(logits, -0.5)).all()
    coffee.refine(0)
    assert (coffee.open_draft().shown.mask == decode_rle(kept["rle"])).all()


def python_mask(logits: np.ndarray, threshold: float) -> np.ndarray:
    """Return the mask that the reference makes of the logits."""
    sam = build_default().eval()
    size_hw = (SIZE[1], SIZE[0])
    side = int(sam.image_encoder.img_size)
    input_size = ResizeLongestSide.get_preprocess_shape(*size_hw, side)
    values = torch.from_numpy(logits)[None, None]
    scaled = sam.postprocess_masks(values, input_size, size_hw)
    mask: np.ndarray = (scaled > threshold)[0, 0].numpy()
    return mask
