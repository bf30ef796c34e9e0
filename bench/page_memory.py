"""The memory of a page and its workers after a collection, as Chromium's own tools see it."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import CDPSession, Page

ANSWER_MS = 30_000
STEP_MS = 20


class PageMemory:
    """Reads the heap of a page and of every worker that it started.

    Args:
        page: Its workers may start before or after this.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._workers: set[str] = set()
        self._answers: dict[int, dict[str, Any]] = {}
        self._last_id = 0
        self._session.on("Target.attachedToTarget", self._attach)
        self._session.on("Target.detachedFromTarget", self._detach)
        self._session.on("Target.receivedMessageFromTarget", self._receive)
        watch = {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False}
        self._session.send("Target.setAutoAttach", watch)

    def megabytes(self) -> float:
        """Return what objects and arrays use, WebAssembly included, after garbage is collected."""
        self._session.send("HeapProfiler.collectGarbage")
        usages = [self._session.send("Runtime.getHeapUsage")]
        for worker in sorted(self._workers):
            self._ask(worker, "HeapProfiler.collectGarbage")
            usages.append(self._ask(worker, "Runtime.getHeapUsage"))
        return sum(total(usage) for usage in usages) / 1e6

    def _ask(self, worker: str, method: str) -> dict[str, Any]:
        self._last_id += 1
        message = json.dumps({"id": self._last_id, "method": method})
        self._session.send("Target.sendMessageToTarget", {"sessionId": worker, "message": message})
        for _ in range(ANSWER_MS // STEP_MS):
            if self._last_id in self._answers:
                return self._answers.pop(self._last_id)
            self._page.wait_for_timeout(STEP_MS)
        raise RuntimeError(f"a worker must answer {method} in {ANSWER_MS} ms, got nothing")

    def _attach(self, event: dict[str, Any]) -> None:
        if event["targetInfo"]["type"] == "worker":
            self._workers.add(event["sessionId"])

    def _detach(self, event: dict[str, Any]) -> None:
        self._workers.discard(event["sessionId"])

    def _receive(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message.get("result", {})


def total(usage: dict[str, float]) -> float:
    """Return the bytes of one heap: objects, what the browser holds for them, their arrays."""
    keys = ("usedSize", "embedderHeapUsedSize", "backingStorageSize")
    return sum(usage.get(key, 0.0) for key in keys)
