"""The mask under the pointer is previewed, and leaves the work alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.e2e.shown import overlap
from tests.e2e.workbench import Workbench

CUP = (285.0, 250.0)
BESIDE_THE_CUP = (60.0, 60.0)

READ_HOVER = """() => {
  const { hover } = maskwright.store.get();
  return hover && {
    x: hover.point.x, y: hover.point.y, predictedIou: hover.readings[0].predictedIou,
    coverage: hover.readings[0].coverage, logits: [...hover.readings[0].logits],
    inSession: hover.draft !== null, count: hover.readings.length,
  };
}"""

HOVERS_NEAR = """([x, y]) => {
  const { hover } = maskwright.store.get();
  return hover !== null && Math.hypot(hover.point.x - x, hover.point.y - y) < 2;
}"""

# Pixels of the preview's canvas that are not empty.
PAINTED = """async () => {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const canvas = document.querySelectorAll('.canvases canvas')[2];
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  copy.getContext('2d').drawImage(canvas, 0, 0);
  const { data } = copy.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, index) => index % 4 === 3 && value > 0).length;
}"""


def hover(workbench: Workbench, x: float, y: float) -> dict[str, Any]:
    """Move the pointer there and return the preview that comes."""
    workbench.page.mouse.move(*workbench.to_screen(x, y))
    workbench.page.wait_for_function(HOVERS_NEAR, arg=[x, y])
    value: dict[str, Any] = workbench.page.evaluate(READ_HOVER)
    return value


def test_the_mask_under_the_pointer_is_what_a_click_would_give(coffee: Workbench) -> None:
    preview = hover(coffee, *CUP)
    assert preview["count"] == 3
    assert 0 < preview["coverage"] < 1
    assert coffee.page.evaluate(PAINTED) > 1000
    coffee.click(preview["x"], preview["y"])
    shown = coffee.open_draft().candidates[0]
    assert abs(shown.predicted_iou - preview["predictedIou"]) < 0.02
    assert overlap(shown.logits.ravel() > 0, _above_zero(preview)) > 0.98


def test_hovering_leaves_nothing_to_keep_or_undo(coffee: Workbench) -> None:
    hover(coffee, *CUP)
    assert coffee.draft() is None
    assert coffee.objects() == []
    coffee.press("Control+z", "Enter")
    assert coffee.objects() == []


def test_a_key_switches_previews_off_and_the_page_remembers(coffee: Workbench) -> None:
    hover(coffee, *CUP)
    coffee.press("q")
    assert coffee.page.evaluate(READ_HOVER) is None
    assert coffee.page.evaluate(PAINTED) == 0
    coffee.open()
    assert coffee.page.evaluate("() => maskwright.store.get().hoverEnabled") is False
    coffee.press("q")
    assert coffee.page.evaluate("() => maskwright.store.get().hoverEnabled") is True


def test_an_open_object_shows_what_the_next_click_would_do(coffee: Workbench) -> None:
    coffee.click(*CUP)
    before = coffee.open_draft()
    preview = hover(coffee, *BESIDE_THE_CUP)
    assert preview["inSession"]
    after = coffee.open_draft()
    assert after.points == before.points
    assert overlap(after.shown.mask, before.shown.mask) == 1.0


def test_tab_walks_the_readings_and_the_class_remembers(coffee: Workbench) -> None:
    hover(coffee, *CUP)
    coffee.press("Tab")
    named = coffee.page.evaluate("() => Object.values(maskwright.store.get().readings)")
    assert len(named) == 1
    coffee.click(*CUP)
    draft = coffee.open_draft()
    by_size = sorted(draft.candidates, key=lambda one: -one.area)
    wanted = by_size[["whole", "part", "subpart"].index(named[0])]
    assert draft.shown.token == wanted.token
    coffee.open()
    assert coffee.page.evaluate("() => Object.values(maskwright.store.get().readings)") == named


def test_a_preview_does_not_cover_what_was_just_kept(coffee: Workbench) -> None:
    preview = hover(coffee, *CUP)
    coffee.click(preview["x"], preview["y"])
    coffee.accept()
    coffee.page.wait_for_function("() => maskwright.store.get().hover?.draft === null")
    assert coffee.page.evaluate(PAINTED) == 0
    hover(coffee, *BESIDE_THE_CUP)
    assert coffee.page.evaluate(PAINTED) > 0


def test_another_tool_takes_the_preview_away(coffee: Workbench) -> None:
    hover(coffee, *CUP)
    coffee.press("h")
    assert coffee.page.evaluate(READ_HOVER) is None
    assert coffee.page.evaluate(PAINTED) == 0


def _above_zero(preview: dict[str, Any]) -> NDArray[np.bool_]:
    return np.array(preview["logits"]) > 0
