"""Classes come from a file, and those that nobody uses go again when the file was the wrong one."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.test_overlap import lasso
from tests.e2e.workbench import Workbench, named_copy


def classes(page: Workbench) -> list[str]:
    """Return the names of the classes of the project as the server has them."""
    project = page.page.evaluate("() => maskwright.store.get().projectId")
    answer = page.get_json(f"/api/categories?project={project}")
    return [one["name"] for one in answer["categories"]]


def test_classes_of_a_file_are_added_used_and_the_rest_taken_back(
    workbench: Workbench, tmp_path: Path
) -> None:
    workbench.open_new_project("Classes of a file")
    workbench.add_photo(named_copy("coffee.jpg", "class-list", tmp_path))
    there = classes(workbench)
    path = tmp_path / "classes.json"
    categories = [{"name": name} for name in (there[0], "cup", "spoon", "table")]
    path.write_text(json.dumps({"categories": categories}), encoding="utf-8")
    page = workbench.page
    with page.expect_file_chooser() as dialog:
        workbench.press("Alt+c")
    dialog.value.set_files(path)
    page.get_by_text("3 classes were added; 1 was there already").wait_for()
    assert classes(workbench) == [*there, "cup", "spoon", "table"]

    page.get_by_role("button", name="spoon", exact=True).click()
    lasso(workbench, 50, 200)
    workbench.accept()
    page.get_by_role("button", name="Take back").click()
    page.get_by_text("2 classes were deleted; 1 stays, because it is used").wait_for()
    assert classes(workbench) == [*there, "spoon"]
    (kept,) = workbench.get_json(f"/api/images/{workbench.current('id')}/annotations")[
        "annotations"
    ]
    assert kept["area"] > 0
