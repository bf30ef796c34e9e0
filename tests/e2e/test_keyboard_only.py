"""The whole task is done with keys alone."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.workbench import Workbench, named_copy


def test_an_object_is_chosen_undone_kept_and_exported_with_keys(
    coffee: Workbench, tmp_path: Path
) -> None:
    name = coffee.current("file_name")
    coffee.press("r", "c")
    coffee.click(285, 250)
    coffee.press("Tab")
    assert coffee.open_draft().index == 1
    coffee.press("Shift+Tab")
    assert coffee.open_draft().index == 0
    coffee.press("Control+z")
    assert coffee.draft() is None
    coffee.press("Control+Shift+z", "1", "Enter")
    coffee.wait_until_kept(1)
    dataset = json.loads(coffee.export_coco(tmp_path).read_text(encoding="utf-8"))
    (image_id,) = [image["id"] for image in dataset["images"] if image["file_name"] == name]
    assert [item["image_id"] for item in dataset["annotations"]].count(image_id) == 1


CROSSHAIR = "() => maskwright.store.get().crosshair"


def point_at(workbench: Workbench, x: float, y: float) -> None:
    """Move the crosshair with the arrow keys until it is as near as their steps allow."""
    workbench.press("ArrowLeft")
    for axis, target, keys in (("x", x, ("Left", "Right")), ("y", y, ("Up", "Down"))):
        for prefix in ("Shift+Arrow", "Arrow"):
            distance = workbench.page.evaluate(CROSSHAIR)[axis] - target
            key = prefix + keys[0 if distance > 0 else 1]
            while True:
                workbench.press(key)
                left = workbench.page.evaluate(CROSSHAIR)[axis] - target
                if abs(left) >= abs(distance) or left * distance <= 0:
                    break
                distance = left


def test_a_photograph_is_annotated_without_a_mouse(coffee: Workbench, tmp_path: Path) -> None:
    name = coffee.current("file_name")
    # An object on the cup, corrected with the background.
    point_at(coffee, 285, 250)
    coffee.press("Space")
    coffee.wait_for_answer(1)
    point_at(coffee, 560, 30)
    coffee.press("Shift+Space")
    coffee.wait_for_answer(2)
    first, second = coffee.open_draft().points
    assert abs(first[0] - 285) < 12
    assert abs(first[1] - 250) < 12
    assert (first[2], second[2]) == (1, 0)
    coffee.accept()

    # Another one from the two corners of a box.
    coffee.press("r")
    point_at(coffee, 160, 25)
    coffee.press("Space")
    point_at(coffee, 430, 330)
    coffee.press("Space")
    coffee.wait_for_answer(1)
    x0, y0, x1, y1 = coffee.open_draft().box or (0, 0, 0, 0)
    assert max(abs(x0 - 160), abs(y0 - 25), abs(x1 - 430), abs(y1 - 330)) < 12
    count = len(coffee.objects())
    coffee.press("Enter")
    coffee.wait_until_kept(count + 1)

    # Kept objects are reached with the Tab key, refined, and exported.
    coffee.page.get_by_role("button", name="Refine object 1").focus()
    coffee.press("Enter")
    coffee.page.wait_for_function(
        "() => maskwright.store.get().documents"
        "[maskwright.store.get().currentImageId].content.draft?.refines"
    )
    coffee.press("c")
    point_at(coffee, 350, 240)
    coffee.press("Space")
    coffee.wait_for_answer(3)
    coffee.press("Enter")
    coffee.wait_until_kept(2)
    dataset = json.loads(coffee.export_coco(tmp_path).read_text(encoding="utf-8"))
    (image_id,) = [image["id"] for image in dataset["images"] if image["file_name"] == name]
    assert [item["image_id"] for item in dataset["annotations"]].count(image_id) == 2


def test_images_are_stepped_through_with_keys(coffee: Workbench, tmp_path: Path) -> None:
    first = coffee.current("file_name")
    second = named_copy("chelsea.jpg", f"next-{Path(first).stem}", tmp_path)
    coffee.choose_file(second)
    coffee.page.get_by_role("button", name=f"Open {second.name}").wait_for()
    coffee.press("d")
    coffee.wait_until_ready(second.name)
    coffee.press("a")
    coffee.wait_until_ready(first)


def test_the_list_of_keys_opens_and_closes_with_keys(coffee: Workbench) -> None:
    coffee.press("?")
    expect(coffee.page.get_by_role("dialog")).to_contain_text("Next reading")
    coffee.press("Escape")
    expect(coffee.page.get_by_role("dialog")).to_have_count(0)
