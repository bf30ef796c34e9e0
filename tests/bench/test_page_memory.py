"""Arrays of the page and of its workers count, and are gone after a collection."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from bench.page_memory import PageMemory, total

HOLD = "() => { globalThis.held = new Uint8Array(2e7).fill(1); }"
HOLD_IN_WORKER = """() => new Promise((resolve) => {
  const code = 'self.held = new Uint8Array(3e7).fill(1); postMessage(null);';
  globalThis.worker = new Worker(URL.createObjectURL(new Blob([code])));
  globalThis.worker.onmessage = resolve;
})"""


@pytest.mark.e2e
def test_arrays_of_page_and_worker_are_counted(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    memory = PageMemory(page)
    empty = memory.megabytes()
    page.evaluate(HOLD)
    assert memory.megabytes() - empty == pytest.approx(20, abs=2)
    page.evaluate(HOLD_IN_WORKER)
    assert memory.megabytes() - empty > 48
    page.evaluate("() => { globalThis.held = null; globalThis.worker.terminate(); }")
    page.wait_for_timeout(200)
    assert memory.megabytes() - empty < 5
    context.close()


def test_a_heap_is_its_objects_and_their_arrays() -> None:
    assert total({"usedSize": 2.0, "totalSize": 9.0, "backingStorageSize": 3.0}) == 5.0
