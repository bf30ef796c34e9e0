"""The browser benchmark sets the number of threads that it reports."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from bench import browser_decode


@pytest.mark.e2e
def test_one_row_per_prompt_with_the_chosen_number_of_threads(
    browser: Browser, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_decode, "WARM_UPS", 0)
    monkeypatch.setattr(browser_decode, "RUNS", 2)
    rows = browser_decode.measure_page(browser, server, threads=1)
    assert [row.what for row in rows] == [
        f"{prompt}, Chromium, 1 thread(s)" for prompt in browser_decode.PROMPTS
    ]
    assert all(row.median_ms > 0 for row in rows)
