"""A browser test gets a page of its own, or shares one, and fails if the page reports an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.e2e.workbench import Workbench, named_copy

PATIENCE_MS = 60_000
TEST_SECONDS = 300

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that none can be forgotten."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(TEST_SECONDS))


@contextmanager
def new_profile(browser: Browser) -> Iterator[BrowserContext]:
    """Yield a browser profile without history."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, accept_downloads=True, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@contextmanager
def watched_page(context: BrowserContext) -> Iterator[Page]:
    """Yield an empty page, and fail if it ends with an unexpected error."""
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.extend(unexpected(message)))
    yield page
    assert problems == [], "the page reported errors"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser profile without history."""
    with new_profile(browser) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Return an empty page; the test fails if the page ends with an unexpected error."""
    with watched_page(context) as page:
        yield page


def unexpected(message: ConsoleMessage) -> list[str]:
    """Return the text of an error, but not the browser's own note of a refused request."""
    is_refusal = message.text.startswith("Failed to load resource")
    return [message.text] if message.type == "error" and not is_refusal else []


@pytest.fixture
def workbench(page: Page, server: str) -> Workbench:
    """Return the page, opened and ready for a photograph."""
    workbench = Workbench(page, server)
    workbench.open()
    return workbench


@pytest.fixture
def coffee(workbench: Workbench, request: pytest.FixtureRequest, tmp_path: Path) -> Workbench:
    """Return the page with the photograph of the cup, 600 x 400, ready for clicks."""
    workbench.add_photo(named_copy("coffee.jpg", unique_name(request), tmp_path))
    return workbench


@pytest.fixture
def astronaut(workbench: Workbench, request: pytest.FixtureRequest, tmp_path: Path) -> Workbench:
    """Return the page with the photograph of the astronaut, 512 x 512, ready for clicks."""
    workbench.add_photo(named_copy("astronaut.jpg", unique_name(request), tmp_path))
    return workbench


@pytest.fixture(scope="module")
def shared_workbench(browser: Browser, server: str) -> Iterator[Workbench]:
    """Return a page for the tests of one file that keep nothing.

    Such a test is over in a second, and a page of its own would take five to start.
    """
    with new_profile(browser) as context, watched_page(context) as page:
        workbench = Workbench(page, server)
        workbench.open()
        yield workbench


@pytest.fixture
def shared_coffee(
    shared_workbench: Workbench, request: pytest.FixtureRequest, tmp_path: Path
) -> Workbench:
    """Return the shared page with the cup, as it was when it was opened."""
    return show_untouched(shared_workbench, "coffee.jpg", request, tmp_path)


@pytest.fixture
def shared_astronaut(
    shared_workbench: Workbench, request: pytest.FixtureRequest, tmp_path: Path
) -> Workbench:
    """Return the shared page with the astronaut, as it was when it was opened."""
    return show_untouched(shared_workbench, "astronaut.jpg", request, tmp_path)


def show_untouched(
    workbench: Workbench, photo: str, request: pytest.FixtureRequest, folder: Path
) -> Workbench:
    """Show a photograph of a shared page as it was at first: nothing open, nothing chosen."""
    copy = named_copy(photo, f"{request.path.stem}-{photo}", folder)
    if workbench.has_photo(copy.name):
        workbench.open_photo(copy.name)
    else:
        workbench.add_photo(copy)
    workbench.press("Escape", "Escape", "c", "f")
    workbench.page.get_by_role("button", name="Best", exact=True).click()
    assert workbench.draft() is None
    assert workbench.objects() == []
    return workbench


def unique_name(request: pytest.FixtureRequest) -> str:
    """Return a file name that only this test uses."""
    return f"{request.fixturename}-{request.node.name}".replace("[", "-").replace("]", "")
