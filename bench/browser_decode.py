"""How long a prompt takes in the browser: worker, decoder, exact mask and outline included."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from bench.encoder_latency import PHOTO, thread_counts
from bench.harness import Timing, summarise
from scripts.find_chromium import UNATTENDED_OPTIONS, SetUpError, find_chromium
from scripts.local_server import running_server

WARM_UPS, RUNS = 10, 100
EMBEDDING_SECONDS = 120.0
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
    const { totalMs } = await globalThis.benchClient.decode({ ...prompt, previousLogits: null });
    if (run >= 0) durations.push(totalMs);
  }
  return durations;
}"""


def measure_browser() -> list[Timing]:
    """Return the time of a decode in headless Chromium by prompt and number of threads.

    Raises:
        SetUpError: If there is no Chromium.
    """
    program = find_chromium()
    if program is None:
        raise SetUpError('this benchmark needs Chromium; run "make setup", which installs it')
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder) / "store") as address,
        sync_playwright() as playwright,
    ):
        options = [*UNATTENDED_OPTIONS]
        browser = playwright.chromium.launch(executable_path=program, args=options)
        rows = [row for count in thread_counts() for row in measure_page(browser, address, count)]
        browser.close()
    return rows


def measure_page(browser: Browser, address: str, threads: int) -> list[Timing]:
    """Return the timings of one fresh page whose worker sees that many cores.

    Raises:
        RuntimeError: If the decoder uses another number of threads.
    """
    context = browser.new_context()
    page = context.new_page()
    limit_cores(page, threads)
    # Any answer of the server will do: all of them isolate the page, so that threads work.
    page.goto(f"{address}/api/health")
    info = page.evaluate(OPEN_DECODER, {"image": upload_photo(page, address)})
    if info["threads"] != threads:
        raise RuntimeError(f"the decoder must use {threads} threads, got {info['threads']}")
    rows = []
    for name, prompt in PROMPTS.items():
        settings = {"prompt": prompt, "warmUps": WARM_UPS, "runs": RUNS}
        durations = page.evaluate(DECODE_OFTEN, settings)
        rows.append(summarise(f"{name}, Chromium, {threads} thread(s)", durations))
    context.close()
    return rows


def limit_cores(page: Page, cores: int) -> None:
    """Let the page's workers find that many cores."""
    override = f"Object.defineProperty(navigator, 'hardwareConcurrency', {{get: () => {cores}}});\n"

    def answer(route: Any) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=override + response.text())

    page.context.route("**/workers/ort_runtime.js", answer)


def upload_photo(page: Page, address: str) -> dict[str, Any]:
    """Add the sample photograph and wait for its embedding; return the server's image.

    Raises:
        RuntimeError: If the embedding fails or takes too long.
    """
    file = FilePayload(name=PHOTO.name, mimeType="image/jpeg", buffer=PHOTO.read_bytes())
    answer = page.request.post(f"{address}/api/images", multipart={"file": file})
    image: dict[str, Any] = answer.json()
    embedding = f"{address}/api/images/{image['id']}/embedding"
    page.request.post(embedding)
    deadline = time.monotonic() + EMBEDDING_SECONDS
    state: dict[str, Any] = {}
    while time.monotonic() < deadline:
        state = page.request.get(f"{embedding}/state").json()
        if state["state"] == "ready":
            return image
        time.sleep(0.1)
    raise RuntimeError(f"the embedding must be ready in {EMBEDDING_SECONDS:.0f} s, got {state}")
