"""A newcomer takes the tour over the sample photograph, with the mouse and with keys alone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from scripts.local_server import running_server
from tests.e2e.test_keyboard_only import point_at
from tests.e2e.workbench import Workbench

SPOON, SAUCER = (352.0, 275.0), (440.0, 170.0)
CORNERS = (318.0, 60.0), (432.0, 332.0)


def test_the_tour_leads_from_an_empty_page_to_the_export(
    context: BrowserContext, tmp_path: Path
) -> None:
    with running_server(tmp_path / "store") as address:
        workbench = Workbench(context.new_page(), address)
        workbench.open()
        page = workbench.page
        page.get_by_role("button", name="Try it with a sample photograph").click()
        card = page.get_by_role("region", name="Tour")
        expect(card).to_contain_text("Step 1 of 6")
        workbench.wait_until_ready("cup.jpg")
        page.mouse.move(*workbench.to_screen(*SPOON))
        expect(card).to_contain_text("Step 2 of 6")
        workbench.click(*SPOON)
        expect(card).to_contain_text("Step 3 of 6")
        workbench.click(*SAUCER, background=True)
        expect(card).to_contain_text("Step 4 of 6")
        workbench.draw_box(*CORNERS[0], *CORNERS[1])
        expect(card).to_contain_text("Step 5 of 6")
        workbench.accept()
        expect(card).to_contain_text("Step 6 of 6")
        workbench.press("Control+e", "Escape")
        expect(card).to_contain_text("That is the whole way")
        card.get_by_role("button", name="Ready").click()
        expect(card).to_have_count(0)

        # Again, from the keys, without a mouse: every step that can be taken is, the rest skipped.
        workbench.press("?")
        page.get_by_role("button", name="Take the tour").press("Enter")
        point_at(workbench, *SPOON)
        expect(card).to_contain_text("Step 2 of 6")
        workbench.press("Space")
        workbench.wait_for_answer(1)
        expect(card).to_contain_text("Step 3 of 6")
        card.get_by_role("button", name="Skip this step").press("Enter")
        expect(card).to_contain_text("Step 4 of 6")
        card.get_by_role("button", name="End the tour").press("Enter")
        expect(card).to_have_count(0)
        assert workbench.has_photo("cup.jpg")
        assert len(workbench.objects()) == 1
