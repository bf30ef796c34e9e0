"""The browser benchmark sets the number of threads that it reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from bench import browser_decode
from scripts.find_chromium import UNATTENDED_OPTIONS, find_chromium
from scripts.local_server import running_server


@pytest.mark.e2e
def test_one_row_per_prompt_with_the_chosen_number_of_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_decode, "WARM_UPS", 0)
    monkeypatch.setattr(browser_decode, "RUNS", 2)
    with running_server(tmp_path / "store") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=UNATTENDED_OPTIONS
        )
        rows = browser_decode.measure_page(browser, address, threads=1)
        browser.close()
    assert [row.what for row in rows] == [
        f"{prompt}, Chromium, 1 thread(s)" for prompt in browser_decode.PROMPTS
    ]
    assert all(row.median_ms > 0 for row in rows)
