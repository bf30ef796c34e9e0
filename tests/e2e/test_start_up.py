"""The page starts by itself, isolated and without asking any other host."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.e2e.workbench import Workbench


def test_the_page_is_isolated_so_that_threads_work(workbench: Workbench) -> None:
    assert workbench.page.evaluate("() => globalThis.crossOriginIsolated")


def test_the_page_asks_no_other_host(page: Page, server: str) -> None:
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    Workbench(page, server).open()
    page.wait_for_function("() => maskwright.store.get().decoder.phase === 'ready'")
    assert hosts - {None} == {"127.0.0.1"}


def test_the_status_line_names_model_threads_and_decode_time(coffee: Workbench) -> None:
    coffee.click(285, 250)
    status = coffee.page.get_by_role("contentinfo")
    expect(status).to_contain_text(coffee.get_json("/api/model")["name"])
    expect(status).to_contain_text(re.compile(r"\d+ threads?"))
    expect(status).to_contain_text(re.compile(r"\d+ ms"))
