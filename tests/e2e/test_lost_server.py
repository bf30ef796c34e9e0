"""The server dies in the middle of the work: nothing is lost, and the page says how things are."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from scripts.local_server import running_server
from tests.e2e.workbench import Workbench, named_copy

CAT = (169.0, 120.0)
EAR = (140.0, 60.0)
WALL = (425.0, 90.0)


def test_what_was_done_without_a_server_comes_back_and_is_saved(
    context: BrowserContext, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    with running_server(store) as address:
        port = address.rsplit(":", 1)[1]
        workbench = Workbench(context.new_page(), address)
        workbench.open()
        workbench.add_photo(named_copy("chelsea.jpg", "cat", tmp_path))
        workbench.click(*CAT)
        workbench.accept()
        saved = workbench.page.get_by_text("Saved", exact=True)
        expect(saved).to_be_visible()

    # Nobody answers: one object is kept, another one is left unfinished.
    workbench.click(*EAR)
    workbench.press("Enter")
    expect(workbench.page.get_by_text("Offline, 1 waiting")).to_be_visible()
    workbench.click(*CAT)
    workbench.click(*WALL, background=True)
    unfinished = workbench.open_draft()
    objects = workbench.objects()
    workbench.page.close()

    with running_server(store, "--port", port) as address:
        workbench = Workbench(context.new_page(), address)
        workbench.open()
        workbench.wait_until_ready("cat.jpg")
        workbench.wait_until_kept(2)
        assert [one["rle"] for one in workbench.objects()] == [one["rle"] for one in objects]
        recalled = workbench.open_draft()
        assert recalled.points == unfinished.points
        assert (recalled.shown.mask == unfinished.shown.mask).all()
        workbench.accept()
        image = workbench.current("id")
        assert len(workbench.get_json(f"/api/images/{image}/annotations")["annotations"]) == 3
        expect(workbench.page.get_by_text("Saved", exact=True)).to_be_visible()


def test_a_page_that_stays_open_goes_on_when_the_server_is_back(
    context: BrowserContext, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    with running_server(store) as address:
        port = address.rsplit(":", 1)[1]
        workbench = Workbench(context.new_page(), address)
        workbench.open()
        workbench.add_photo(named_copy("chelsea.jpg", "a-cat-on-a-sunny-morning-0042", tmp_path))
    workbench.click(*CAT)
    workbench.press("Enter")
    waiting = workbench.page.get_by_text("Offline, 1 waiting")
    expect(waiting).to_be_visible()
    name = workbench.page.get_by_title(
        "a-cat-on-a-sunny-morning-0042.jpg", exact=True
    ).bounding_box()
    state = waiting.bounding_box()
    assert name is not None
    assert state is not None
    assert 100 < name["width"] < state["x"] - name["x"]
    with running_server(store, "--port", port):
        workbench.wait_until_kept(1)
        expect(workbench.page.get_by_text("Saved", exact=True)).to_be_visible()
        assert len(workbench.get_json("/api/images/1/annotations")["annotations"]) == 1
