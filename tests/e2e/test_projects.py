"""A project from nothing to done: made, filled, worked through, measured, deleted, brought back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.workbench import Workbench, named_copy


def test_a_project_is_made_worked_through_and_brought_back(
    workbench: Workbench, tmp_path: Path
) -> None:
    page = workbench.page
    page.get_by_role("button", name="Maskwright").click()
    page.get_by_role("button", name="New project").click()
    page.get_by_role("textbox", name="Name of the new project").fill("x" * 1000)
    workbench.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("at most 200 characters, got 1000")
    page.get_by_role("textbox", name="Name of the new project").fill("Cups")
    workbench.press("Enter")
    expect(page.get_by_role("heading", name="Drop photographs anywhere")).to_be_visible()

    names = [named_copy("coffee.jpg", f"cup-{number}", tmp_path) for number in (1, 2, 3)]
    for name in names:
        workbench.choose_file(name)
        page.get_by_role("button", name=f"Open {name.name}").wait_for()
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuetext", "0 of 3 done")

    page.get_by_role("button", name=f"Open {names[0].name}").click()
    workbench.wait_until_ready(names[0].name)
    workbench.click(285, 250)
    workbench.accept()
    workbench.press("Shift+D")
    workbench.wait_until_ready(names[1].name)
    workbench.press("Shift+G")
    page.get_by_role("button", name="Done 1").click()
    expect(page.get_by_role("button", name="Open cup-")).to_have_count(1)
    page.get_by_role("button", name="All 3").click()
    page.get_by_role("checkbox", name=f"Select {names[2].name}").check(force=True)
    page.get_by_role("combobox", name="State of the selected").select_option("skipped")
    expect(page.get_by_role("button", name="Skipped 1")).to_be_visible()
    project_id = page.evaluate("() => maskwright.store.get().projectId")
    dataset = workbench.get_json(f"/api/export/coco?project={project_id}")
    assert (len(dataset["images"]), len(dataset["annotations"])) == (3, 1)

    page.go_back()
    workbench.wait_until_ready(names[1].name)
    page.get_by_role("button", name="Maskwright").click()
    page.get_by_role("button", name="Delete the project Cups").click()
    page.get_by_role("button", name="Restore", exact=True).click()
    page.get_by_role("button", name="Open the project Cups").click()
    expect(page.get_by_role("button", name="Open cup-")).to_have_count(3)
    page.reload()
    expect(page.get_by_role("button", name="Open cup-")).to_have_count(3)
