"""Both layers that draw logits show, pixel by pixel of the screen, the mask that a click keeps."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import FloatRect, Page

from tests.e2e.workbench import Workbench, named_copy

CUP = (285.0, 250.0)
OUTLINE_PIXELS = 4
MAX_WRONG_SHARE = 0.002
# Leaves only the layer of logits on the screen, on black.
ONLY_READINGS = """
.canvases canvas:not(:nth-of-type(3)) { visibility: hidden }
.stage, .canvases { background: #000 !important }
.stage > :not(.canvases) { visibility: hidden }
"""
WAIT_FOR_HOVER = "() => maskwright.store.get().hover !== null"
NEXT_FRAMES = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
)


@pytest.mark.parametrize("layer", ["webgl2", "canvas"])
def test_the_preview_covers_the_mask_of_the_click(
    page: Page, server: str, tmp_path: Path, layer: str
) -> None:
    page.add_init_script(f"localStorage.setItem('maskwright.force.masks', '{layer}')")
    workbench = Workbench(page, server)
    workbench.open()
    workbench.add_photo(named_copy("coffee.jpg", f"layer-{layer}", tmp_path))
    workbench.press("0")
    page.mouse.move(*workbench.to_screen(*CUP))
    page.wait_for_function(WAIT_FOR_HOVER)
    shown = screenshot_of_readings(workbench)
    workbench.click(*CUP)
    mask = workbench.open_draft().candidates[0].mask
    near = dilate(mask, OUTLINE_PIXELS) & dilate(~mask, OUTLINE_PIXELS)
    # Islands between the centres of pixels have an outline, but no pixel of the mask.
    assert (shown != mask)[~near].mean() < MAX_WRONG_SHARE
    assert near.mean() < 0.5, "the mask must be more than its outline"


def screenshot_of_readings(workbench: Workbench) -> NDArray[np.bool_]:
    """Return which pixels of the photograph, shown at its own size, the layer of logits covers."""
    page = workbench.page
    style = page.add_style_tag(content=ONLY_READINGS)
    page.evaluate(NEXT_FRAMES)
    left, top = workbench.to_screen(0, 0)
    right, bottom = workbench.to_screen(600, 400)
    clip: FloatRect = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    picture = Image.open(BytesIO(page.screenshot(clip=clip)))
    style.evaluate("(element) => element.remove()")
    covered: NDArray[np.bool_] = np.asarray(picture.convert("RGB")).max(axis=2) > 8
    return covered


def dilate(mask: NDArray[np.bool_], distance: int) -> NDArray[np.bool_]:
    """Return the pixels that are at most that far from the mask, along both axes."""
    grown = mask
    for _ in range(distance):
        padded = np.pad(grown, 1)
        grown = grown | padded[:-2, 1:-1] | padded[2:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:]
    return grown
