"""The page under fingers: one draws, two move the view, a palm does nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession

from tests.e2e.conftest import PATIENCE_MS, unique_name, watched_page
from tests.e2e.workbench import Workbench, named_copy

VIEW = "() => maskwright.store.get().viewport"


@contextmanager
def tablet(browser: Browser, server: str) -> Iterator[tuple[Workbench, CDPSession]]:
    """Yield the page on a screen that is touched."""
    context = browser.new_context(
        viewport={"width": 1024, "height": 768}, has_touch=True, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    with watched_page(context) as page:
        workbench = Workbench(page, server)
        workbench.open()
        yield workbench, context.new_cdp_session(page)
    context.close()


def touch(session: CDPSession, kind: str, *places: Sequence[float], radius: float = 10) -> None:
    """Send one touch event with all fingers that are on the screen."""
    points: list[dict[str, Any]] = [
        {"x": x, "y": y, "radiusX": radius, "radiusY": radius, "id": number}
        for number, (x, y) in enumerate(places)
    ]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def stroke(session: CDPSession, *places: Sequence[float], radius: float = 10) -> None:
    """Draw with one finger."""
    touch(session, "touchStart", places[0], radius=radius)
    for place in places[1:]:
        touch(session, "touchMove", place, radius=radius)
    touch(session, "touchEnd")


def test_one_finger_draws_two_zoom_and_a_palm_is_ignored(
    browser: Browser, server: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with tablet(browser, server) as (page, session):
        page.add_photo(named_copy("coffee.jpg", unique_name(request), tmp_path))
        page.press("b")
        screen = page.to_screen
        stroke(session, screen(100, 200), screen(200, 200), screen(300, 200))
        painted = page.open_draft().shown.mask
        assert painted[200, 110:290].all()

        stroke(session, screen(100, 300), screen(300, 300), radius=45)
        assert not page.open_draft().shown.mask[300].any()

        before = page.page.evaluate(VIEW)
        a, b = screen(200, 150), screen(300, 150)
        touch(session, "touchStart", a)
        touch(session, "touchStart", a, b)
        touch(session, "touchMove", (a[0] - 50, a[1] + 20), (b[0] + 50, b[1] + 20))
        touch(session, "touchEnd")
        after = page.page.evaluate(VIEW)
        assert after["scale"] > 1.5 * before["scale"]
        assert (page.open_draft().shown.mask == painted).all()

        page.press("h")
        stroke(session, screen(250, 200), (screen(250, 200)[0] + 40, screen(250, 200)[1] + 30))
        panned = page.page.evaluate(VIEW)
        assert abs(panned["offsetX"] - after["offsetX"] - 40) <= 1
        assert panned["scale"] == after["scale"]
        page.press("c", "Control+z")
        assert page.draft() is None


def test_an_object_is_accepted_without_keys_however_the_tablet_is_held(
    browser: Browser, server: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with tablet(browser, server) as (page, session):
        page.add_photo(named_copy("coffee.jpg", unique_name(request), tmp_path))
        for kept, (width, height) in enumerate([(1024, 768), (820, 1180)], start=1):
            page.page.set_viewport_size({"width": width, "height": height})
            page.press("f", "c")
            stroke(session, page.to_screen(352, 275))
            page.wait_for_answer(1)
            bar = page.page.get_by_role("toolbar", name="Tool options")
            room = bar.bounding_box()
            assert room is not None
            for name in ("Discard", "Accept"):
                place = bar.get_by_role("button", name=name).bounding_box()
                assert place is not None
                assert room["x"] <= place["x"]
                assert place["x"] + place["width"] <= room["x"] + room["width"]
            bar.get_by_role("button", name="Accept").tap()
            page.wait_until_kept(kept)
