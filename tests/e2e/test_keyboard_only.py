"""Everything but pointing at the object has a key."""

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
    expect(coffee.page.get_by_role("dialog")).to_contain_text("Next candidate")
    coffee.press("Escape")
    expect(coffee.page.get_by_role("dialog")).to_have_count(0)
