"""The browser benchmark sets the number of threads that it reports, and prints one object."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser

from bench import browser_decode


@pytest.mark.e2e
def test_one_row_per_prompt_with_the_chosen_number_of_threads(
    browser: Browser, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_decode, "WARM_UPS", 0)
    monkeypatch.setattr(browser_decode, "RUNS", 2)
    rows = browser_decode.measure_client(browser, server, threads=1)
    assert [row.what for row in rows] == [
        f"{prompt}, Chromium, 1 thread(s)" for prompt in browser_decode.PROMPTS
    ]
    assert all(row.median_ms > 0 for row in rows)


def test_the_chosen_measurements_become_one_object(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measures = {name: lambda _, name=name: {name: 1.5} for name in ("first", "second")}
    monkeypatch.setattr(browser_decode, "MEASURES", measures)
    assert browser_decode.main(["--json", "--only", "second"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["second"] == 1.5
    assert "first" not in result
    assert "processor" in result["machine"]
