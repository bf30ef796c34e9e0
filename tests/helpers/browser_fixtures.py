"""One server and one browser for all tests that need them: Playwright runs once per process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts.find_chromium import UNATTENDED_OPTIONS, SetUpError, find_chromium
from scripts.local_server import running_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server with the shipped model and a store that tests share."""
    with running_server(tmp_path_factory.mktemp("server") / "store") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium, without a window."""
    program = find_chromium()
    if program is None:
        raise SetUpError('the browser tests need Chromium; run "make setup", which installs it')
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=UNATTENDED_OPTIONS)
        yield browser
        browser.close()
