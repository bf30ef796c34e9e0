"""A benchmark's page is the real one, with an encoded photograph and the probe in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from bench.browser_page import bench_page, encoded_photo, open_photo
from bench.photographs import large_photograph


@pytest.mark.e2e
def test_a_photograph_is_ready_for_clicks_on_an_isolated_page(
    browser: Browser, server: str
) -> None:
    context = browser.new_context()
    content = large_photograph("chelsea.jpg", 0.1)
    image = encoded_photo(context.request, server, content, "bench-chelsea.jpg")
    context.close()
    with bench_page(browser, server, threads=1) as page:
        open_photo(page, image)
        assert page.evaluate("() => crossOriginIsolated")
        assert page.evaluate("() => maskwright.store.get().decoder.threads") == 1
        assert page.evaluate("() => typeof benchProbe.timeHovers") == "function"
