"""A browser that cannot run the decoder lets the server answer."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.workbench import Workbench, named_copy

IS_OPEN = """() => {
  const state = globalThis.maskwright?.store.get();
  return state?.featuresReady && state.pixelsReady && state.viewport !== null;
}"""


def test_clicks_are_answered_where_the_worker_cannot_start(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.route("**/decoder_worker.js", lambda route: route.abort())
    workbench = Workbench(page, server)
    workbench.open()
    expect(page.get_by_role("contentinfo", name="Status")).to_contain_text("server answers: ")
    workbench.choose_file(named_copy("coffee.jpg", "no-worker", tmp_path))
    page.get_by_role("button", name="Open no-worker.jpg").click()
    page.wait_for_function(IS_OPEN)
    expect(page.get_by_role("alert")).to_have_count(0)
    workbench.click(285, 250)
    assert len(workbench.open_draft().candidates) == 3
    workbench.click(60, 350, background=True)
    shown = workbench.open_draft().shown
    assert (shown.outline == shown.mask).all()
    workbench.accept()
    context.close()
