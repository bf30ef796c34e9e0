"""Whatever fails in the browser, the page says it, falls back, and answers what it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import PATIENCE_MS, new_profile, unexpected
from tests.e2e.workbench import Workbench, named_copy

CUP = (285.0, 250.0)
IS_OPEN = """() => {
  const state = globalThis.maskwright?.store.get();
  return state?.featuresReady && state.pixelsReady && state.viewport !== null;
}"""
# Notices go by themselves after a while, so they are written down.
LISTEN = """() => {
  globalThis.said = [];
  maskwright.store.subscribe(({ notices }) => {
    for (const { message, hint } of notices) globalThis.said.push(`${message} ${hint}`);
  });
}"""
NOTICES = "() => globalThis.said"
STEP = "() => maskwright.decoder.place.step"
REASONS = """() => Object.fromEntries(
  [...maskwright.decoder.place.reasons].map(([step, { code }]) => [step, code]))"""


@contextmanager
def opened(
    browser: Browser, server: str, photo: Path, search: str = "", *, expected: str = ""
) -> Iterator[Workbench]:
    """Open a page with flags in its address, and a photograph on it.

    Args:
        browser: The browser.
        server: The address of the server.
        photo: The photograph.
        search: The flags.
        expected: An error of the page that belongs to the test; any other one fails it.
    """
    with new_profile(browser) as context:
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.extend(unexpected(message)))
        workbench = Workbench(page, f"{server}/{search}")
        workbench.open()
        page.evaluate(LISTEN)
        workbench.choose_file(photo)
        page.get_by_role("button", name=f"Open {photo.name}").click()
        page.wait_for_function(IS_OPEN)
        yield workbench
        assert [text for text in problems if not expected or expected not in text] == []


def status_line(page: Page) -> str:
    return page.get_by_role("contentinfo", name="Status").inner_text()


@pytest.mark.parametrize(
    ("flag", "step", "words"),
    [
        ("isolation", "single", "the page is not cross-origin isolated"),
        ("shared-memory", "single", "this browser has no shared memory"),
        ("out-of-memory", "server", "server answers"),
    ],
)
def test_what_is_missing_costs_a_step_and_is_said(
    browser: Browser, server: str, tmp_path: Path, flag: str, step: str, words: str
) -> None:
    photo = named_copy("coffee.jpg", f"without-{flag}", tmp_path)
    with opened(browser, server, photo, f"?fail={flag}") as workbench:
        expect(workbench.page.get_by_role("contentinfo", name="Status")).to_contain_text(words)
        assert workbench.page.evaluate(STEP) == step
        workbench.click(*CUP)
        assert len(workbench.open_draft().candidates) == 3
        if flag == "out-of-memory":
            assert "memory" in str(workbench.page.evaluate(NOTICES)) + status_line(workbench.page)


def test_a_page_that_is_really_not_isolated_uses_one_thread(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    def without_isolation(route: Route) -> None:
        answer = route.fetch()
        kept = {
            name: value
            for name, value in answer.headers.items()
            if not name.startswith("cross-origin-")
        }
        route.fulfill(response=answer, headers=kept)

    photo = named_copy("coffee.jpg", "not-isolated", tmp_path)
    with new_profile(browser) as context:
        context.route(lambda address: address.rstrip("/") == server, without_isolation)
        page = context.new_page()
        workbench = Workbench(page, server)
        workbench.open()
        assert page.evaluate("() => [crossOriginIsolated, typeof SharedArrayBuffer]") == [
            False,
            "undefined",
        ]
        workbench.add_photo(photo)
        workbench.click(*CUP)
        assert page.evaluate("() => maskwright.store.get().decoder.threads") == 1


def test_a_worker_that_dies_in_the_middle_of_a_decode_is_asked_again(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    photo = named_copy("coffee.jpg", "worker-dies", tmp_path)
    with opened(
        browser, server, photo, "?fail=worker-dies", expected="it was told to die"
    ) as workbench:
        workbench.click(*CUP)
        assert len(workbench.open_draft().candidates) == 3
        said = workbench.page.evaluate(NOTICES)
        assert any("it was started again" in words for words in said), said
        workbench.click(60, 350, background=True)
        workbench.accept()


def test_a_worker_that_keeps_dying_leaves_the_work_to_the_server(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    photo = named_copy("coffee.jpg", "worker-keeps-dying", tmp_path)
    with opened(
        browser, server, photo, "?fail=worker-keeps-dying", expected="it was told to die"
    ) as workbench:
        workbench.click(*CUP)
        assert len(workbench.open_draft().candidates) == 3
        assert workbench.page.evaluate(STEP) == "server"
        assert "server answers" in status_line(workbench.page)


def test_webgpu_that_lies_is_refused_and_what_was_measured_is_remembered(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    photo = named_copy("coffee.jpg", "webgpu-lies", tmp_path)
    with opened(browser, server, photo, "?fail=webgpu-lies") as workbench:
        page = workbench.page
        page.wait_for_function("() => localStorage.getItem('maskwright.decoderSteps')")
        assert page.evaluate(REASONS)["webgpu"] == "masks_differ"
        assert page.evaluate(STEP) in ("threads", "single")
        workbench.click(*CUP)
        workbench.press("Shift+h")
        doctor = page.get_by_role("dialog", name="Doctor")
        for words in ("Cross-origin isolation", "WebGPU: its masks are wrong (IoU 0."):
            expect(doctor).to_contain_text(words)
        doctor.get_by_role("button", name="Measure again").click()
        expect(doctor.get_by_role("status")).to_have_text("Measured", timeout=PATIENCE_MS)
        workbench.press("Escape")
        best = page.evaluate(STEP)
        workbench.open()
        assert page.evaluate(STEP) == best
        assert page.evaluate(REASONS)["webgpu"] == "masks_differ"


def test_an_embedding_of_another_model_is_said_and_fetched_again(
    browser: Browser, server: str, tmp_path: Path
) -> None:
    changed: set[str] = set()

    def change_encoder(route: Route) -> None:
        answer = route.fetch()
        body, is_first = answer.body(), route.request.url not in changed
        changed.add(route.request.url)
        assert body.count(encoder) == 1, "the file must name its encoder once"
        foreign = body.replace(encoder, b"f" * len(encoder))
        route.fulfill(response=answer, body=foreign if is_first else body)

    photo = named_copy("coffee.jpg", "foreign-embedding", tmp_path)
    with new_profile(browser) as context:
        page = context.new_page()
        workbench = Workbench(page, server)
        encoder = workbench.get_json("/api/model")["encoder_id"].encode()
        workbench.open()
        page.evaluate(LISTEN)
        context.route("**/api/images/*/embedding?*", change_encoder)
        workbench.add_photo(photo)
        said = page.evaluate(NOTICES)
        assert any("another model" in words for words in said), said
        workbench.click(*CUP)
        assert len(workbench.open_draft().candidates) == 3
