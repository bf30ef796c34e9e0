"""From a new photograph to the exported file with the mouse alone."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.test_editing import click, drag
from tests.e2e.workbench import Workbench


def test_two_objects_are_made_corrected_taken_back_and_exported(
    coffee: Workbench, tmp_path: Path
) -> None:
    def button(name: str) -> None:
        coffee.page.get_by_role("button", name=name, exact=True).first.click()

    coffee.click(285, 250)
    coffee.click(40, 380, background=True)
    button("Accept")
    coffee.wait_until_kept(1)
    button("Lasso")
    drag(coffee, (420, 40), (560, 40), (560, 120), (420, 120), (420, 50))
    button("Accept")
    coffee.wait_until_kept(2)
    button("Undo")
    button("Undo")
    coffee.wait_until_kept(1)
    button("Redo")
    button("Redo")
    coffee.wait_until_kept(2)
    button("Select")
    click(coffee, 500, 80)
    button("To back")
    coffee.wait_until_kept(2)
    button("Export")
    dialog = coffee.page.get_by_role("dialog", name="Export")
    dialog.get_by_role("button", name="Export", exact=True).click()
    with coffee.page.expect_download() as download:
        dialog.get_by_role("link", name="Download").click()
    path = tmp_path / "export.json"
    download.value.save_as(path)
    document = json.loads(path.read_text(encoding="utf-8"))
    own = [one for one in document["annotations"] if one["image_id"] == int(coffee.current("id"))]
    assert sorted(one["area"] for one in own) == sorted(one["area"] for one in coffee.objects())
    assert [one.get("z_order", 0) for one in own] == [0, -1]
