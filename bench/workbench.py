"""How quick the page is with thousands of objects: ``python -m bench.workbench --json FILE``."""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from PIL import Image
from playwright.sync_api import FilePayload, Page, Request
from pycocotools import mask as coco_mask

from bench.browser_page import bench_browser
from bench.harness import describe_machine
from bench.lost_operations import count_lost
from scripts.local_server import running_server

WIDTH, HEIGHT = 4000, 3000
PROBE = Path(__file__).with_name("workbench_page.js")
PAN_FRAMES, CLICKS, BRUSH_SIZE, BRUSH_MOVES = 180, 60, 200, 120
PAGE_RUNS = "() => globalThis.maskwright?.store.get().imagesPhase === 'ready'"
SAVED = "() => Object.keys(maskwright.store.get().saves).length === 0"
CHANGE_CLASS = """() => {
  const { objects } = benchWorkbench.content();
  const { categories } = maskwright.store.get();
  maskwright.commands.setObjectCategory(objects[7].key, categories[1].id);
}"""


def measure_workbench(object_count: int) -> dict[str, float]:
    """Return the numbers by key, for one image of 12 megapixels with that many objects.

    Raises:
        SetUpError: If there is no Chromium.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder) / "store") as address,
        bench_browser() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(300_000)
        other, crowded = (add_photo(page, address, seed) for seed in (1, 2))
        add_objects(address, crowded, object_count)
        page.goto(address)
        page.wait_for_function(PAGE_RUNS)
        page.evaluate("() => {" + PROBE.read_text(encoding="utf-8") + "}")
        page.evaluate("(id) => benchWorkbench.open(id, 0)", other)
        return measure_page(page, crowded, object_count)


def measure_page(page: Page, image_id: int, object_count: int) -> dict[str, float]:
    """Return the numbers of a page that has another image open."""
    opened = page.evaluate(
        "([id, count]) => benchWorkbench.open(id, count)", [image_id, object_count]
    )
    page.evaluate("() => benchWorkbench.pan(60)")
    frames_per_second = page.evaluate("(frames) => benchWorkbench.pan(frames)", PAN_FRAMES)
    selections = page.evaluate("(clicks) => benchWorkbench.select(clicks)", CLICKS)
    sent: list[int] = []

    def note(request: Request) -> None:
        if request.method in {"PATCH", "POST", "PUT"}:
            sent.append(len(request.post_data_buffer or b""))

    page.on("request", note)
    page.evaluate(CHANGE_CLASS)
    page.wait_for_function(SAVED)
    page.remove_listener("request", note)
    strokes = page.evaluate(
        "([size, moves]) => benchWorkbench.brush(size, moves)", [BRUSH_SIZE, BRUSH_MOVES]
    )
    return {
        "open_ms_5000": round(opened, 1),
        "pan_fps_5000": round(frames_per_second, 1),
        "select_ms_5000": percentile_95(selections),
        "save_bytes_per_op": float(sum(sent)),
        "brush_latency_ms": percentile_95(strokes),
        "brush_release_ms": round(strokes[-1], 1),
    }


def percentile_95(values: list[float]) -> float:
    """Return what 95 of 100 values do not exceed."""
    return round(quantiles(values, n=20, method="inclusive")[-1], 1)


def add_photo(page: Page, address: str, seed: int) -> int:
    """Add a photograph of 12 megapixels, smooth shapes with some noise; return its id."""
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(0, 255, (30, 40, 3), np.uint8))
    buffer = BytesIO()
    coarse.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=90)
    file = FilePayload(name=f"large_{seed}.jpg", mimeType="image/jpeg", buffer=buffer.getvalue())
    answer = page.request.post(f"{address}/api/images", multipart={"file": file})
    return int(answer.json()["id"])


def add_objects(address: str, image_id: int, count: int) -> None:
    """Keep that many wavy discs on an image, on a grid without overlaps.

    Raises:
        RuntimeError: If the server refuses one.
    """
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", "/api/categories")
    categories = json.loads(connection.getresponse().read())["categories"]
    connection.request(
        "POST",
        "/api/categories",
        json.dumps({"name": "other"}),
        {"Content-Type": "application/json"},
    )
    connection.getresponse().read()
    columns = int(np.ceil(np.sqrt(count * WIDTH / HEIGHT)))
    step = WIDTH / columns
    y, x = np.mgrid[: int(step), : int(step)]
    for index in range(count):
        row, column = divmod(index, columns)
        angle = np.arctan2(y - step / 2, x - step / 2)
        wave = 1 + 0.2 * np.sin(5 * angle + index)
        mask = np.zeros((HEIGHT, WIDTH), np.uint8, order="F")
        top, left = int(row * step), int(column * step)
        part = mask[top : top + int(step), left : left + int(step)]
        inside = np.hypot(x - step / 2, y - step / 2) < 0.38 * step * wave
        part[:] = inside[: part.shape[0], : part.shape[1]]
        rle = coco_mask.encode(mask)
        body = {
            "category_id": categories[0]["id"],
            "segmentation": {"size": rle["size"], "counts": rle["counts"].decode("ascii")},
        }
        post(connection, f"/api/images/{image_id}/annotations", body)


def post(connection: http.client.HTTPConnection, path: str, body: dict[str, Any]) -> None:
    """Send a request and read its answer.

    Raises:
        RuntimeError: If the server refuses it.
    """
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status >= 300:
        raise RuntimeError(f"the server must keep every object, got {answer.status}: {text!r}")


def main() -> int:
    """Measure, show and write the numbers; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.workbench", description=__doc__)
    parser.add_argument("--json", type=Path, help="file to write the numbers to")
    parser.add_argument("--objects", type=int, default=5000, help="objects on the image")
    parser.add_argument(
        "--kills",
        type=int,
        default=50,
        help="kills of page, worker and server among 20 times as many changes; 0 for none",
    )
    options = parser.parse_args()
    numbers = measure_workbench(options.objects)
    if options.kills > 0:
        with bench_browser() as browser:
            outcome = count_lost(browser, 20 * options.kills, options.kills, seed=0)
        numbers["lost_operations"] = outcome.lost
    result = {"machine": describe_machine(), "objects": options.objects, **numbers}
    text = json.dumps(result, indent=2) + "\n"
    if options.json:
        options.json.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
