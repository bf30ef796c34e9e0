"""Kill page, worker and server while somebody works, then look for what is missing.

``python -m bench.lost_operations --operations 1000 --kills 50 --json FILE``
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page
from playwright.sync_api import Error as PlaywrightError

from bench.browser_page import bench_browser
from bench.harness import describe_machine
from scripts.local_server import wait_for_address

PROBE = Path(__file__).with_name("lost_operations_page.js")
KINDS = ("page", "worker", "server")
LONGEST_PAUSE_S = 0.4
LONGEST_OUTAGE_S = 3.0
PATIENCE_S = 60.0
PAGE_RUNS = "() => globalThis.maskwright?.store.get().pixelsReady === true"
ROOT = Path(__file__).resolve().parent.parent

Work = dict[str, str]
"""What there is to lose: the unfinished object and every kept one, each as one text."""


@dataclass
class Outcome:
    """What was found.

    Attributes:
        operations: Changes that the page had shown.
        kills: By kind.
        lost: Of the operations, those that were missing afterwards.
        where: For every lost one, after which kill, and what was missing.
    """

    operations: int = 0
    kills: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    lost: int = 0
    where: list[str] = field(default_factory=list)


class Desk:
    """A server and a browser that can be killed, and the work that was done at them.

    Args:
        folder: Of the store.
        browser: The browser.
    """

    def __init__(self, folder: Path, browser: Browser) -> None:
        self._folder = folder
        self._browser = browser
        self._context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 800})
        self._process: subprocess.Popen[bytes] | None = None
        self._starts = 0
        self._port = "0"
        self.address = ""
        self.start_server()
        self.page = self._open()

    def start_server(self) -> None:
        """Start the server, at the address that it had before, and wait until it answers."""
        self._starts += 1
        log_file = self._folder / f"server{self._starts}.log"
        command = [sys.executable, "-m", "app", "--port", self._port]
        with log_file.open("wb") as log:
            self._process = subprocess.Popen(
                [*command, "--data-dir", str(self._folder / "store")],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        self.address = wait_for_address(self._process, log_file)
        self._port = self.address.rsplit(":", 1)[1]

    def kill_server(self) -> None:
        """End the server as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def kill_page(self) -> None:
        """End the page's process as a crash would, and open the page again."""
        session = self._browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        session.detach()
        for process in processes:
            if process["type"] == "renderer":
                os.kill(process["id"], signal.SIGKILL)
        self.page.close()
        self.page = self._open()

    def kill_worker(self) -> None:
        """End the decoder as running out of memory would: with an error that nobody catches."""
        for worker in self.page.workers:
            worker.evaluate("() => void setTimeout(() => { throw new Error('killed'); })")

    def add_photo(self) -> None:
        """Add a small photograph and a second class, and open the photograph."""
        pixels = np.random.default_rng(5).integers(0, 255, (12, 16, 3), np.uint8)
        buffer = BytesIO()
        Image.fromarray(pixels).resize((640, 480), Image.Resampling.BICUBIC).save(buffer, "JPEG")
        file = FilePayload(name="work.jpg", mimeType="image/jpeg", buffer=buffer.getvalue())
        self.page.request.post(f"{self.address}/api/images", multipart={"file": file})
        self.page.request.post(f"{self.address}/api/categories", data={"name": "other"})
        self.page.close()
        self.page = self._open()

    def kept_by_server(self) -> Work:
        """Return what the server has."""
        answer = self.page.request.get(f"{self.address}/api/images/1/annotations").json()
        return {
            one["client_key"]: json.dumps(
                [one["category_id"], one["segmentation"]["counts"], one["notes"]],
                separators=(",", ":"),  # as the page writes it
            )
            for one in answer["annotations"]
        }

    def close(self) -> None:
        """End everything."""
        self._context.close()
        self.kill_server()

    def _open(self) -> Page:
        page = self._context.new_page()
        page.set_default_timeout(PATIENCE_S * 1000)
        page.goto(self.address)
        page.wait_for_function("() => globalThis.maskwright?.store.get().imagesPhase === 'ready'")
        if page.evaluate("() => maskwright.store.get().images.length > 0"):
            page.wait_for_function(PAGE_RUNS)
        page.evaluate("() => {" + PROBE.read_text(encoding="utf-8") + "}")
        return page


def lose_nothing(desk: Desk, operations: int, kills: int, seed: int) -> Outcome:
    """Work and kill at random moments; return what was missing."""
    rng = random.Random(seed)
    outcome = Outcome()
    moments = sorted(rng.sample(range(1, operations), kills))
    plan = {moment: KINDS[index % len(KINDS)] for index, moment in enumerate(moments)}
    back_at: float | None = None
    shown: Work = {}
    for number in range(operations):
        shown = desk.page.evaluate("(seed) => benchWork.act(seed)", rng.random())
        outcome.operations += 1
        if back_at is not None and time.monotonic() > back_at:
            desk.start_server()
            back_at = None
        kind = plan.get(number)
        if kind is None:
            continue
        time.sleep(rng.random() * LONGEST_PAUSE_S if rng.random() < 0.5 else 0)
        outcome.kills[kind] += 1
        if kind == "server":
            desk.kill_server()
            back_at = back_at or time.monotonic() + rng.random() * LONGEST_OUTAGE_S
            continue
        if kind == "page" and back_at is not None:
            # Without a server nobody can open the page again.
            desk.start_server()
            back_at = None
        kill(desk, kind)
        shown = note_lost(outcome, f"{kind} at {number}", shown, wait_for(desk, shown))
    if back_at is not None:
        desk.start_server()
    desk.page.wait_for_function("() => Object.keys(maskwright.store.get().saves).length === 0")
    kept = {key: value for key, value in shown.items() if key != "draft"}
    note_lost(outcome, "server at the end", kept, desk.kept_by_server())
    return outcome


def kill(desk: Desk, kind: str) -> None:
    """Kill the page or its worker."""
    if kind == "page":
        desk.kill_page()
        return
    try:
        desk.kill_worker()
    except PlaywrightError:
        return  # the worker went by itself between two looks: it is as dead as it should be


def wait_for(desk: Desk, shown: Work) -> Work:
    """Return the page's work once it is what it was, or what it is after long patience."""
    deadline = time.monotonic() + PATIENCE_S / 4
    found: Work = desk.page.evaluate("() => benchWork.work()")
    while found != shown and time.monotonic() < deadline:
        time.sleep(0.05)
        found = desk.page.evaluate("() => benchWork.work()")
    return found


def note_lost(outcome: Outcome, moment: str, before: Work, after: Work) -> Work:
    """Count what differs; return what there is from now on."""
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            outcome.lost += 1
            outcome.where.append(f"{moment}: {key} {before.get(key)} became {after.get(key)}")
    return after


def count_lost(browser: Browser, operations: int, kills: int, seed: int) -> Outcome:
    """Run a server of its own and a page in this browser, and kill them."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), browser)
        try:
            desk.add_photo()
            return lose_nothing(desk, operations, kills, seed)
        finally:
            desk.close()


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print or write its result, and return 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.lost_operations", description=__doc__)
    parser.add_argument("--operations", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, default=None, help="file of the result")
    options = parser.parse_args(arguments)
    with bench_browser() as browser:
        outcome = count_lost(browser, options.operations, options.kills, options.seed)
    result: dict[str, Any] = {
        "lost_operations": outcome.lost,
        "operations": outcome.operations,
        "kills": outcome.kills,
        "where": outcome.where,
        "machine": describe_machine(),
    }
    text = json.dumps(result, indent=2) + "\n"
    if options.json is not None:
        options.json.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 1 if outcome.lost else 0


if __name__ == "__main__":
    sys.exit(main())
