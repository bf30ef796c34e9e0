"""The published decoder export against ours, in turn, in headless Chromium."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Route

from bench.browser_page import limit_cores
from bench.published_decoder import describe_decoder, export_both

WARM_UPS, RUNS = 3, 50
THREADS = (1, 2)
WORKER = Path(__file__).with_name("decoder_ratio_worker.js")
LARGEST_DIFFERENCE = 0.01

RUN_WORKER = """(task) => new Promise((resolve, reject) => {
  const worker = new Worker('/bench/worker.js', { type: 'module' });
  worker.onmessage = ({ data }) => { worker.terminate(); resolve(data); };
  worker.onerror = (event) => reject(new Error(event.message));
  worker.postMessage(task);
})"""


def measure_ratio(browser: Browser, address: str) -> dict[str, float]:
    """Return how many times as long the published export takes, for one click.

    Both have the weights of `published_decoder` and answer about an image of 1200 x 1800: the
    published one with masks of that size, ours with logits that the page scales when it draws.
    """
    results: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = export_both(Path(folder))
        for threads in THREADS:
            answer = run_both(browser, address, paths, threads)
            published, ours = median(answer["publishedMs"]), median(answer["oursMs"])
            results |= {
                f"ratio_published_{threads}t": round(published / ours, 2),
                f"published_decode_ms_{threads}t": round(published, 1),
                f"published_size_decode_ms_{threads}t": round(ours, 1),
                f"published_size_prepare_ms_{threads}t": round(answer["prepareMs"], 1),
            }
    return results


def run_both(
    browser: Browser, address: str, paths: dict[str, Path], threads: int, runs: int = RUNS
) -> dict[str, Any]:
    """Return the durations of both decoders, which took turns.

    Args:
        browser: A browser.
        address: A server: its page is isolated, and has the runtime.
        paths: The files, "published" and "ours".
        threads: How many the runtime may use.
        runs: How often each is timed.

    Raises:
        RuntimeError: If the threads are others, or the two decoders do not agree.
    """
    context = browser.new_context()
    page = context.new_page()
    limit_cores(page, threads)
    serve(page.context.route, "worker.js", WORKER)
    for name, path in paths.items():
        serve(page.context.route, f"{name}.onnx", path)
    page.goto(f"{address}/api/health")
    task = {
        "urls": {name: f"/bench/{name}.onnx" for name in paths},
        "model": describe_decoder(),
        **{"runs": runs, "warmUps": WARM_UPS},
    }
    answer: dict[str, Any] = page.evaluate(RUN_WORKER, task)
    context.close()
    if answer["threads"] != threads:
        raise RuntimeError(f"the runtime must use {threads} threads, got {answer['threads']}")
    if not answer["difference"] <= LARGEST_DIFFERENCE:
        raise RuntimeError(
            f"logits of both decoders must be within {LARGEST_DIFFERENCE}, "
            f"got {answer['difference']}; their times must not be compared"
        )
    return answer


def serve(route: Any, name: str, path: Path) -> None:
    """Answer requests for a file of this benchmark from its folder, as if the server had it."""
    kind = "text/javascript" if path.suffix == ".js" else "application/octet-stream"
    headers = {"Content-Type": kind, "Cross-Origin-Embedder-Policy": "require-corp"}

    def answer(request: Route) -> None:
        request.fulfill(path=path, headers=headers)

    route(f"**/bench/{name}", answer)
