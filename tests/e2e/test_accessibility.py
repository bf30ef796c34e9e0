"""Every screen and dialog, in both themes, has no serious finding of axe-core."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.workbench import Workbench
from tests.helpers.project_files import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SEVERE = {"serious", "critical"}

SCREENS = ("showProjects", "showGallery", "showStatistics", "showLearning", "showWorkbench")
DIALOGS = ("help", "palette", "settings", "doctor", "folder", "classStatistics", "removeImage")
OPENERS = {
    **{dialog: f"showDialog('{dialog}')" for dialog in DIALOGS},
    "classSettings": "showClassSettings(maskwright.store.get().activeCategoryId)",
}


def findings(page: Page, where: str) -> list[str]:
    """Return what axe-core finds on the page as it is, one line for each element."""
    result: dict[str, Any] = page.evaluate(
        "() => axe.run(document, { resultTypes: ['violations'] })"
    )
    return [
        f"{where}: {rule['id']}: {node['html'][:160]}"
        for rule in result["violations"]
        if rule["impact"] in SEVERE
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_no_screen_has_a_serious_finding(coffee: Workbench, theme: str) -> None:
    page = coffee.page
    coffee.click(285, 250)
    coffee.accept()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(f"() => maskwright.commands.changeSettings({{ theme: '{theme}' }})")
    found: list[str] = []
    for screen in SCREENS:
        page.evaluate(f"() => maskwright.commands.{screen}()")
        name = screen.removeprefix("show").lower().replace("workbench", "work")
        page.wait_for_function("(name) => maskwright.store.get().screen === name", arg=name)
        page.wait_for_load_state("networkidle")
        found += findings(page, screen)
    page.evaluate("() => maskwright.commands.selectAll()")
    found += findings(page, "selection")
    for dialog, opener in OPENERS.items():
        page.evaluate(f"() => maskwright.commands.{opener}")
        page.get_by_role("dialog").wait_for()
        found += findings(page, dialog)
        page.evaluate("() => maskwright.commands.showDialog(null)")
        page.get_by_role("dialog").wait_for(state="detached")
    page.evaluate("() => maskwright.commands.startTour()")
    page.get_by_role("region", name="Tour").wait_for()
    found += findings(page, "tour")
    assert not found, "\n".join(found)
