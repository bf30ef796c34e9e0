"""Two tabs on one image: nobody overwrites what they have not seen, and nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.workbench import Workbench

CUP_BOX = (160, 25, 430, 330)
NOTHING_WAITS = "() => Object.keys(maskwright.store.get().saves).length === 0"


@pytest.fixture
def tabs(coffee: Workbench, context: BrowserContext) -> tuple[Workbench, Workbench]:
    """Return two tabs that show the same kept object; the first one knows nothing of the second."""
    coffee.draw_box(*CUP_BOX)
    coffee.accept()
    other = Workbench(context.new_page(), coffee.address)
    other.open()
    other.open_photo(coffee.current("file_name"))
    other.wait_until_kept(1)
    return coffee, other


def change_in_both(first: Workbench, second: Workbench) -> None:
    """Delete the object in the second tab after the first one has refined it."""
    first.refine(0)
    first.click(110, 200)
    first.press("Enter")
    first.wait_until_kept(1)
    second.refine(0)
    second.press("Delete")


def kept_on_server(tab: Workbench) -> list[str]:
    found = tab.get_json(f"/api/images/{tab.current('id')}/annotations")["annotations"]
    return [annotation["segmentation"]["counts"] for annotation in found]


def test_an_object_that_the_other_tab_changed_is_not_overwritten(
    tabs: tuple[Workbench, Workbench],
) -> None:
    first, second = tabs
    change_in_both(first, second)
    expect(second.page.get_by_text("was changed elsewhere")).to_be_visible()
    (refined,) = first.objects()
    assert kept_on_server(first) == [refined["rle"]["counts"]]

    second.page.get_by_role("button", name="Take theirs").click()
    second.wait_until_kept(1)
    assert second.objects()[0]["rle"] == refined["rle"]
    second.press("Control+z")
    second.page.wait_for_function(NOTHING_WAITS)
    assert kept_on_server(first) == []


def test_the_own_version_can_be_kept_after_both_were_seen(
    tabs: tuple[Workbench, Workbench],
) -> None:
    first, second = tabs
    change_in_both(first, second)
    second.page.get_by_role("button", name="Keep mine").click()
    second.wait_until_kept(0)
    assert kept_on_server(first) == []

    # The first tab now changes what the second one has deleted.
    first.refine(0)
    first.click(300, 100, background=True)
    first.press("Enter")
    expect(first.page.get_by_text("was deleted elsewhere")).to_be_visible()
    first.page.get_by_role("button", name="Keep mine").click()
    first.wait_until_kept(1)
    assert kept_on_server(first) == [first.objects()[0]["rle"]["counts"]]


def test_a_choice_that_was_not_made_is_asked_for_again_after_a_reload(
    tabs: tuple[Workbench, Workbench],
) -> None:
    first, second = tabs
    change_in_both(first, second)
    expect(second.page.get_by_text("was changed elsewhere")).to_be_visible()
    name = second.current("file_name")
    second.open()
    second.open_photo(name)
    expect(second.page.get_by_text("was changed elsewhere")).to_be_visible()
    assert len(kept_on_server(first)) == 1
