"""How fast the browser answers: ``python -m bench.browser_decode --json`` prints one object.

The real page in headless Chromium against the real server, cross-origin isolated. Medians of
50 prompts or more after a warm-up; what is compared takes turns in one run.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from statistics import median
from typing import Any

from playwright.sync_api import Browser

from bench.browser_page import bench_browser, bench_server, encoded_photo, limit_cores
from bench.decoder_agreement import measure_agreement
from bench.decoder_ratio import measure_ratio
from bench.encoder_latency import PHOTO, thread_counts
from bench.harness import Timing, describe_machine, summarise
from bench.page_speed import (
    measure_heap,
    measure_next_image,
    measure_pointer,
    measure_size_cost,
)

WARM_UPS, RUNS = 10, 100
PROMPTS: dict[str, dict[str, Any]] = {
    "1 click": {"points": [{"x": 285, "y": 250, "label": 1}], "box": None},
    "5 clicks": {
        "points": [{"x": 285 + 20 * i, "y": 250 - 20 * i, "label": int(i < 3)} for i in range(5)],
        "box": None,
    },
    "box": {"points": [], "box": [78, 20, 477, 385]},
}

# Loads the page's own decoder client, without the rest of the page.
OPEN_DECODER = """async ({image}) => {
  const { DecoderClient } = await import('/static/js/inference/decoder_client.js');
  const workerUrl = new URL('/static/js/workers/decoder_worker.js', location.href);
  const client = new DecoderClient({ workerUrl });
  const model = await (await fetch('/api/model')).json();
  const info = await client.load(model);
  const embedding = await (await fetch(`/api/images/${image.id}/embedding`)).arrayBuffer();
  const imageSize = { width: image.width, height: image.height };
  await client.setImage({ imageId: image.id, embedding, imageSize });
  globalThis.benchClient = client;
  return info;
}"""

DECODE_OFTEN = """async ({prompt, warmUps, runs}) => {
  const durations = [];
  for (let run = -warmUps; run < runs; run += 1) {
    // Another place each time: the decoder answers the same prompt from memory.
    const shift = (run + warmUps) / 16;
    const points = prompt.points.map((point) => ({ ...point, x: point.x + shift }));
    const box = prompt.box && [prompt.box[0] + shift, ...prompt.box.slice(1)];
    const answer = await globalThis.benchClient.decode({ points, box, previousLogits: null });
    if (run >= 0) durations.push(answer);
  }
  return durations.map(({ totalMs, decodeMs }) => ({ totalMs, decodeMs }));
}"""


def measure_browser() -> list[Timing]:
    """Return the time of a decode in headless Chromium by prompt and number of threads.

    Raises:
        SetUpError: If there is no Chromium.
    """
    with bench_server() as address, bench_browser() as browser:
        return [row for count in thread_counts() for row in measure_client(browser, address, count)]


def measure_client(browser: Browser, address: str, threads: int) -> list[Timing]:
    """Return the timings of one fresh page whose worker sees that many cores, by prompt."""
    answers = ask_client(browser, address, threads)
    return [
        summarise(f"{name}, Chromium, {threads} thread(s)", [answer["totalMs"] for answer in rows])
        for name, rows in answers.items()
    ]


def measure_network(browser: Browser, address: str) -> dict[str, float]:
    """Return the time of the network alone for one click, with one thread."""
    rows = ask_client(browser, address, 1)["1 click"]
    return {"shipped_decode_ms_1t": round(median(row["decodeMs"] for row in rows), 2)}


def ask_client(browser: Browser, address: str, threads: int) -> dict[str, list[dict[str, float]]]:
    """Return the durations of every prompt's decodes.

    Raises:
        RuntimeError: If the decoder uses another number of threads.
    """
    context = browser.new_context()
    page = context.new_page()
    limit_cores(page, threads)
    # Any answer of the server will do: all of them isolate the page, so that threads work.
    page.goto(f"{address}/api/health")
    image = encoded_photo(context.request, address, PHOTO.read_bytes(), PHOTO.name)
    info = page.evaluate(OPEN_DECODER, {"image": image})
    if info["threads"] != threads:
        raise RuntimeError(f"the decoder must use {threads} threads, got {info['threads']}")
    settings = {"warmUps": WARM_UPS, "runs": RUNS}
    answers = {
        name: page.evaluate(DECODE_OFTEN, {"prompt": prompt, **settings})
        for name, prompt in PROMPTS.items()
    }
    context.close()
    return answers


Measure = Callable[[str], dict[str, float]]


def in_browser(measure: Callable[[Browser, str], dict[str, float]]) -> Measure:
    """Return the measurement with a browser of its own."""

    def run(address: str) -> dict[str, float]:
        with bench_browser() as browser:
            return measure(browser, address)

    return run


MEASURES: dict[str, Measure] = {
    "ratio": in_browser(measure_ratio),
    "agreement": in_browser(measure_agreement),
    "network": in_browser(measure_network),
    "pointer": in_browser(measure_pointer),
    "size": measure_size_cost,
    "next": in_browser(measure_next_image),
    "heap": in_browser(measure_heap),
}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print one JSON object; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.browser_decode", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--only", nargs="+", choices=MEASURES, help="some of the measurements")
    options = parser.parse_args(arguments)
    machine = describe_machine()
    results: dict[str, Any] = {}
    with bench_server() as address:
        for name in options.only or MEASURES:
            results |= MEASURES[name](address)
    text = (
        json.dumps({**results, "machine": machine}, indent=2)
        if options.json
        else "\n".join(f"{key:<24} {value}" for key, value in results.items())
    )
    sys.stdout.write(f"{text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
