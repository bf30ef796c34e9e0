"""A part of a large photograph is encoded by itself, and gives what Python makes of it, exactly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load

from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.predictor import SamPredictor
from sam_core.prompts import MaskPrompt, PointPrompt, PromptSet
from tests.e2e.conftest import unique_name
from tests.e2e.shown import ShownDraft, decode_rle
from tests.e2e.test_browser_equals_python import MAX_LOGIT_DIFFERENCE, shipped_model
from tests.e2e.workbench import PHOTOS, Workbench

SIZE = (3000, 2000)
CUP = (285.0, 250.0)
PLACE = (1816, 1208)  # of the photograph of the cup, 600 x 400, within the large one

CLOSE_UP = "() => maskwright.store.get().closeUp"
IS_CLOSE = "(ready) => maskwright.store.get().closeUp?.ready === ready"
IS_FAR = "() => maskwright.store.get().closeUp === null"
CROP_OF_DRAFT = """() => {
  const { documents, currentImageId } = maskwright.store.get();
  return documents[currentImageId].content.draft?.crop ?? null;
}"""
CROP_OF_ANSWER = """() => {
  const { documents, currentImageId } = maskwright.store.get();
  const { candidates, candidateIndex } = documents[currentImageId].content.draft;
  return candidates[candidateIndex].placement?.crop ?? null;
}"""
INSIDE_THE_CUP = 8.0


@pytest.fixture
def large(workbench: Workbench, request: pytest.FixtureRequest, tmp_path: Path) -> Workbench:
    """Return the page with a large photograph that has the cup somewhere, seen as a whole."""
    rng = np.random.default_rng(5)
    coarse = Image.fromarray(rng.integers(60, 190, (20, 30, 3), np.uint8))
    photo = coarse.resize(SIZE, Image.Resampling.BICUBIC)
    photo.paste(Image.open(PHOTOS / "coffee.jpg"), PLACE)
    path = tmp_path / "table.jpg"
    photo.save(path, quality=92)
    workbench.open_new_project(unique_name(request))
    workbench.add_photo(path)
    return workbench


def at(place: tuple[float, float]) -> tuple[float, float]:
    """Return where a place of the cup's photograph lies on the large one."""
    return PLACE[0] + place[0], PLACE[1] + place[1]


def zoom_to_cup(page: Workbench) -> None:
    """Turn the wheel over the cup until it fills the view."""
    page.page.mouse.move(*page.to_screen(*at((300, 200))))
    while page.page.evaluate("() => maskwright.store.get().viewport.scale") < 1.2:
        page.page.mouse.wheel(0, -240)
        page.page.wait_for_timeout(50)


def crop_of(page: Workbench) -> dict[str, int]:
    """Return the part of the photograph that answers."""
    crop: dict[str, int] = page.page.evaluate(CLOSE_UP)["crop"]
    return crop


def python_logits(page: Workbench, draft: ShownDraft, crop: dict[str, int]) -> Any:
    """Return what Python's decoder gives for the same embedding, prompts and earlier logits."""
    query = ",".join(str(crop[name]) for name in ("x", "y", "width", "height"))
    path = f"/api/images/{page.current('id')}/embedding?crop={query}"
    answer = page.page.request.get(f"{page.address}{path}")
    assert answer.ok, answer.text()
    tensors = {name: tensor.float() for name, tensor in load(answer.body()).items()}
    levels = tuple(tensors[name] for name in sorted(tensors) if "high_res" in name)
    predictor = SamPredictor(shipped_model())
    features = ImageFeatures(tensors["image_embeddings"], levels)
    predictor.set_features(features, (crop["height"], crop["width"]))
    previous = page.previous_logits()
    side = draft.shown.logits.shape[0]
    return predictor.predict_prompts(
        PromptSet(
            tuple(PointPrompt(x - crop["x"], y - crop["y"], int(on)) for x, y, on in draft.points),
            None,
            None if previous is None else MaskPrompt(previous.reshape(side, side)),
        )
    ).low_res_logits


def python_mask(logits: np.ndarray, crop: dict[str, int]) -> np.ndarray:
    """Return the mask at the size of the photograph that Python makes of logits of a part of it."""
    sam = shipped_model()
    size = (crop["height"], crop["width"])
    scale = sam.image_size / max(size)
    input_size = tuple(int(side * scale + 0.5) for side in size)
    tensor = torch.from_numpy(logits)[None, None]
    part = sam.postprocess_masks(tensor, input_size, size)[0, 0] > sam.mask_threshold
    mask = np.zeros(SIZE[::-1], dtype=bool)
    mask[crop["y"] :, crop["x"] :][: size[0], : size[1]] = part.numpy()
    return mask


def test_clicks_in_a_close_up_are_answered_by_it_exactly_and_refined_later(
    large: Workbench,
) -> None:
    zoom_to_cup(large)
    large.press("Shift+Z")
    large.page.wait_for_function(IS_CLOSE, arg=True)
    crop = crop_of(large)
    assert max(crop["width"], crop["height"]) < 0.85 * SIZE[0]

    # A click, one more, and a background click: each goes on from the logits before it.
    large.click(*at(CUP))
    large.click(*at((300, 260)))
    large.click(*at((60, 60)), background=True)
    draft = large.open_draft()
    assert large.page.evaluate(CROP_OF_DRAFT) == crop
    difference = np.abs(python_logits(large, draft, crop)[0] - draft.shown.logits).max()
    assert difference <= MAX_LOGIT_DIFFERENCE
    assert np.array_equal(python_mask(draft.shown.logits, crop), draft.shown.mask)
    assert np.array_equal(draft.shown.outline, draft.shown.mask)
    large.accept()
    (kept,) = large.objects()
    assert np.array_equal(decode_rle(kept["rle"]), draft.shown.mask)
    assert not kept["hasLogits"]

    # Undone, it is as it was; kept again and reloaded, it is refined on the whole photograph.
    large.press("Control+z")
    again = large.open_draft()
    assert np.array_equal(again.shown.logits, draft.shown.logits)
    large.press("Control+Shift+z")
    large.wait_until_kept(1)
    large.page.reload()
    large.wait_until_ready("table.jpg")
    large.wait_until_kept(1)
    large.refine(0)
    assert np.array_equal(large.open_draft().shown.mask, draft.shown.mask)
    large.click(*at((350, 110)))
    assert large.page.evaluate(CROP_OF_DRAFT) is None
    refined = large.open_draft().shown.mask
    union = np.logical_or(refined, draft.shown.mask).sum()
    assert np.logical_and(refined, draft.shown.mask).sum() > 0.6 * union


def test_a_click_on_something_larger_than_the_close_up_is_answered_by_the_whole_photograph(
    large: Workbench,
) -> None:
    # So near that the cup goes on beyond the view on all sides.
    large.page.mouse.move(*large.to_screen(*at(CUP)))
    while large.page.evaluate("() => maskwright.store.get().viewport.scale") < INSIDE_THE_CUP:
        large.page.mouse.wheel(0, -240)
        large.page.wait_for_timeout(50)
    large.press("Shift+Z")
    large.page.wait_for_function(IS_CLOSE, arg=True)
    crop = crop_of(large)
    large.click(*at(CUP))
    assert large.page.evaluate(CROP_OF_ANSWER) is None
    mask = large.open_draft().shown.mask
    part = mask[crop["y"] :, crop["x"] :][: crop["height"], : crop["width"]]
    assert part.any()
    assert mask.sum() > part.sum()


def test_a_close_up_comes_by_itself_and_takes_an_open_object_along(large: Workbench) -> None:
    large.click(*at(CUP))
    assert large.page.evaluate(CROP_OF_DRAFT) is None
    coarse = large.open_draft().shown.mask
    zoom_to_cup(large)
    large.page.wait_for_function(IS_CLOSE, arg=True)  # nobody moves for three seconds
    large.click(*at((300, 260)))
    crop = crop_of(large)
    assert large.page.evaluate(CROP_OF_DRAFT) == crop
    draft = large.open_draft()
    difference = np.abs(python_logits(large, draft, crop)[0] - draft.shown.logits).max()
    assert difference <= MAX_LOGIT_DIFFERENCE
    assert np.logical_and(coarse, draft.shown.mask).sum() > 0.5 * coarse.sum()

    # A click beside the close-up is one on the whole photograph again.
    large.press("f")
    large.click(400, 300, background=True)
    assert large.page.evaluate(CROP_OF_DRAFT) is None
    large.press("Control+z")
    assert large.page.evaluate(CROP_OF_DRAFT) == crop
    assert np.array_equal(large.open_draft().shown.mask, draft.shown.mask)
    large.press("Shift+Z")
    large.page.wait_for_function(IS_FAR)
    assert large.page.get_by_text("close-up").count() == 0
