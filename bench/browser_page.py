"""The real page against the real server, in headless Chromium, for benchmarks."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    APIRequestContext,
    Browser,
    FilePayload,
    Page,
    Route,
    ViewportSize,
    sync_playwright,
)

from scripts.find_chromium import UNATTENDED_OPTIONS, SetUpError, find_chromium
from scripts.local_server import running_server

EMBEDDING_SECONDS = 120.0
PROBE = Path(__file__).with_name("browser_probe.js")
VIEW: ViewportSize = {"width": 1280, "height": 800}
# Frames come as soon as they are drawn: no duration is rounded up to the screen's next one.
UNLIMITED_FRAMES = ("--disable-gpu-vsync", "--disable-frame-rate-limit")

IS_READY = """(name) => {
  const state = globalThis.maskwright?.store.get();
  return state?.decoder.phase === 'ready' && state.featuresReady && state.pixelsReady
    && state.viewport !== null
    && state.images.find((image) => image.id === state.currentImageId)?.file_name === name;
}"""


@contextmanager
def bench_server() -> Iterator[str]:
    """Start a server with an empty store.

    Yields:
        Its address.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder) / "store") as address,
    ):
        yield address


@contextmanager
def bench_browser(*options: str) -> Iterator[Browser]:
    """Start Chromium without a window.

    Yields:
        The browser.

    Raises:
        SetUpError: If there is no Chromium.
    """
    program = find_chromium()
    if program is None:
        raise SetUpError('this benchmark needs Chromium; run "make setup", which installs it')
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=[*UNATTENDED_OPTIONS, *options]
        )
        yield browser
        browser.close()


@contextmanager
def bench_page(browser: Browser, address: str, *, threads: int | None = None) -> Iterator[Page]:
    """Open the workbench with the probe in it.

    Args:
        browser: From ``bench_browser``.
        address: From ``bench_server``.
        threads: What the page's worker takes for the number of cores; ``None`` for the truth.

    Yields:
        The page.
    """
    context = browser.new_context(viewport=VIEW)
    page = context.new_page()
    if threads is not None:
        limit_cores(page, threads)
    page.goto(address)
    page.wait_for_function("() => globalThis.maskwright?.store.get().imagesPhase === 'ready'")
    page.evaluate(PROBE.read_text(encoding="utf-8"))
    yield page
    context.close()


def limit_cores(page: Page, cores: int) -> None:
    """Let the page's workers find that many cores."""
    override = f"Object.defineProperty(navigator, 'hardwareConcurrency', {{get: () => {cores}}});\n"

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=override + response.text())

    page.context.route("**/workers/ort_runtime.js", answer)


def encoded_photo(
    request: APIRequestContext, address: str, content: bytes, name: str
) -> dict[str, Any]:
    """Add a photograph, wait for its embedding; return the server's image.

    Raises:
        RuntimeError: If the embedding fails or takes too long.
    """
    image = add_photo(request, address, content, name)
    embedding = f"{address}/api/images/{image['id']}/embedding"
    request.post(embedding)
    deadline = time.monotonic() + EMBEDDING_SECONDS
    state: dict[str, Any] = {}
    while time.monotonic() < deadline:
        state = request.get(f"{embedding}/state").json()
        if state["state"] == "ready":
            return image
        time.sleep(0.05)
    raise RuntimeError(f"the embedding must be ready in {EMBEDDING_SECONDS:.0f} s, got {state}")


def add_photo(
    request: APIRequestContext, address: str, content: bytes, name: str
) -> dict[str, Any]:
    """Add a photograph without asking for its embedding; return the server's image.

    Raises:
        RuntimeError: If the server refuses it.
    """
    file = FilePayload(name=name, mimeType="image/jpeg", buffer=content)
    answer = request.post(f"{address}/api/images", multipart={"file": file})
    if not answer.ok:
        raise RuntimeError(f"the server must take the photograph {name}, got {answer.text()}")
    image: dict[str, Any] = answer.json()
    return image


def open_photo(page: Page, image: dict[str, Any]) -> None:
    """Open a photograph of the film strip and wait until it can be clicked on."""
    page.evaluate("(id) => { maskwright.commands.openImage(id); }", image["id"])
    page.wait_for_function(IS_READY, arg=image["file_name"], timeout=EMBEDDING_SECONDS * 1000)
