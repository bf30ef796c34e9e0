"""A class gets a pattern: it is seen on its objects, in the panel, and after a reload."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.test_overlap import lasso
from tests.e2e.workbench import Workbench, named_copy

# How opaque the pixels of the layer of masks are around a place, from 0 to 255.
OPACITIES = """([x, y]) => {
  const canvas = document.querySelectorAll('.canvases canvas')[1];
  const { scale, offsetX, offsetY } = maskwright.store.get().viewport;
  const ratio = canvas.width / canvas.clientWidth;
  const [left, top] = [(offsetX + x * scale) * ratio - 15, (offsetY + y * scale) * ratio - 15];
  const { data } = canvas.getContext('2d').getImageData(left, top, 30, 30);
  return [...new Set(data.filter((_, at) => at % 4 === 3))];
}"""
# Fills are drawn in the next frame.
IS_PATTERNED = f"(place) => ({OPACITIES})(place).length > 3"
INSIDE = [125, 100]


def test_a_pattern_is_chosen_seen_on_the_objects_and_kept(
    workbench: Workbench, tmp_path: Path
) -> None:
    workbench.open_new_project("Patterns")
    workbench.add_photo(named_copy("coffee.jpg", "patterns", tmp_path))
    page = workbench.page
    lasso(workbench, 50, 200)
    workbench.accept()
    workbench.press("Escape", "v")
    page.wait_for_function(f"(place) => ({OPACITIES})(place).length === 1", arg=INSIDE)
    (plain,) = page.evaluate(OPACITIES, INSIDE)

    page.get_by_role("button", name="object", exact=True).hover()
    page.get_by_role("button", name="Pattern and attributes of object").click()
    dialog = page.get_by_role("dialog", name="Class settings")
    assert dialog.get_by_role("radio", name="Plain").is_checked()
    dialog.get_by_role("radio", name="Plain").press("ArrowRight")
    dialog.get_by_role("radio", name="Rising").press("ArrowRight")
    assert dialog.get_by_role("radio", name="Falling").is_checked()
    dialog.get_by_role("button", name="Save").click()
    dialog.wait_for(state="detached")

    page.wait_for_function(IS_PATTERNED, arg=INSIDE)
    patterned = page.evaluate(OPACITIES, INSIDE)
    assert min(patterned) < plain < max(patterned)
    swatch = page.locator(".classes .swatch.patterned")
    assert swatch.count() == 1
    project = page.evaluate("() => maskwright.store.get().projectId")
    (kept,) = workbench.get_json(f"/api/categories?project={project}")["categories"]
    assert kept["pattern"] == "stripes_down"

    page.reload()
    workbench.wait_until_running()
    workbench.wait_until_ready("patterns.jpg")
    page.wait_for_function(IS_PATTERNED, arg=INSIDE)
    assert swatch.count() == 1
