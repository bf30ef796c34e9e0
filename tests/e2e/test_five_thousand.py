"""An image with 5,000 objects is worked on like any other: whole, exact, and saved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.e2e.test_editing import click, drag
from tests.e2e.workbench import Workbench, named_copy

COLUMNS, ROWS = 100, 50
CELL_WIDTH, CELL_HEIGHT = 6, 8  # 100 x 50 cells fill the photograph of 600 x 400
WIDTH, HEIGHT = COLUMNS * CELL_WIDTH, ROWS * CELL_HEIGHT

STATE = """() => {
  const { selectedKeys, viewport, categories, documents, currentImageId } = maskwright.store.get();
  const { objects } = documents[currentImageId].content;
  const chosen = objects.find(({ key }) => key === selectedKeys[0]);
  return {
    selected: selectedKeys.length, bbox: chosen?.bbox, offset: viewport.offsetX,
    category: categories.find(({ id }) => id === chosen?.categoryId)?.name,
  };
}"""
HAS_OBJECTS = """(count) => {
  const state = globalThis.maskwright?.store.get();
  return state?.pixelsReady && state.viewport !== null
    && state.documents[state.currentImageId]?.content.objects.length === count;
}"""


def block(column: int, row: int) -> list[int]:
    """Return the run lengths, down the columns, of a mask of 4 x 5 pixels in its cell."""
    left, top = column * CELL_WIDTH + 1, row * CELL_HEIGHT + 1
    runs = [left * HEIGHT + top]
    for _ in range(3):
        runs += [5, HEIGHT - 5]
    return [*runs, 5, WIDTH * HEIGHT - (left + 3) * HEIGHT - top - 5]


def crowded_file(folder: Path, file_name: str) -> Path:
    """Write 5,000 objects of one class for a photograph."""
    annotations: list[dict[str, Any]] = [
        {
            "id": 1 + row * COLUMNS + column,
            "image_id": 1,
            "category_id": 1,
            "iscrowd": 0,
            "segmentation": {"size": [HEIGHT, WIDTH], "counts": block(column, row)},
        }
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]
    image = {"id": 1, "file_name": file_name, "width": WIDTH, "height": HEIGHT}
    classes = [{"id": 1, "name": "cell"}]
    path = folder / "crowd.json"
    document = {"images": [image], "categories": classes, "annotations": annotations}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def served(page: Workbench) -> dict[tuple[float, ...], str]:
    """Return the class of every object of the server, by the box of the object."""
    categories = page.get_json(f"/api/categories?project={page.current('project_id')}")
    names = {one["id"]: one["name"] for one in categories["categories"]}
    answer = page.get_json(f"/api/images/{page.current('id')}/annotations")
    return {tuple(one["bbox"]): names[one["category_id"]] for one in answer["annotations"]}


def test_one_of_five_thousand_is_found_changed_taken_back_and_saved(
    workbench: Workbench, tmp_path: Path
) -> None:
    count = COLUMNS * ROWS
    workbench.open_new_project("Five thousand")
    workbench.add_category("stone")
    photo = named_copy("coffee.jpg", "five-thousand", tmp_path)
    workbench.add_photo(photo)
    workbench.page.set_input_files("#photo-files", crowded_file(tmp_path, photo.name))
    dialog = workbench.page.get_by_role("dialog", name="Import annotations")
    dialog.get_by_role("button", name="Import 5,000 objects").click()
    dialog.get_by_role("button", name="Close").last.click()
    workbench.wait_until_kept(count)
    workbench.page.reload()
    workbench.page.wait_for_function(HAS_OBJECTS, arg=count)
    before = served(workbench)
    assert len(before) == count
    assert set(before.values()) == {"cell"}

    # Panned by the middle of the photograph, an object is where the photograph is.
    workbench.press("h")
    offset = workbench.page.evaluate(STATE)["offset"]
    drag(workbench, (300, 200), (250, 200))
    assert workbench.page.evaluate(STATE)["offset"] < offset
    workbench.press("v")
    click(workbench, 40 * CELL_WIDTH + 3, 30 * CELL_HEIGHT + 3.5)
    state = workbench.page.evaluate(STATE)
    box = (40 * CELL_WIDTH + 1, 30 * CELL_HEIGHT + 1, 4, 5)
    assert (state["selected"], tuple(state["bbox"])) == (1, box)

    workbench.page.get_by_role("combobox", name="Class", exact=True).select_option("stone")
    # Not clicked again: a second click at the same place soon after the first one opens the object.
    workbench.press("ArrowRight")
    workbench.wait_until_kept(count)
    assert workbench.page.evaluate(STATE)["category"] == "stone"
    moved = (box[0] + 1, *box[1:])
    after = served(workbench)
    assert after.pop(moved) == "stone"
    assert after == {key: name for key, name in before.items() if key != box}

    workbench.press("Control+z", "Control+z")
    workbench.wait_until_kept(count)
    assert served(workbench) == before
