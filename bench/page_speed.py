"""What a person at the page waits for: hover masks, clicks, the next image; and its memory."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page

from bench.browser_page import (
    UNLIMITED_FRAMES,
    add_photo,
    bench_browser,
    bench_page,
    encoded_photo,
    open_photo,
)
from bench.page_memory import PageMemory
from bench.photographs import large_photograph, numbered_copy

SCENES = ("coffee.jpg", "astronaut.jpg", "chelsea.jpg")
PHOTO_MEGAPIXELS, STEP_MEGAPIXELS, SMALL_MEGAPIXELS = 12, 3, 0.2
HOVER_SECONDS = 10.0
MOVES_PER_SECOND = 125
CLICKS = 60
SIZE_ROUNDS, HOVERS_PER_ROUND = 4, 20
STEPS = 24
IMAGES, DECODES_PER_IMAGE, IMAGES_BEFORE = 300, 10, 20
SETTLE_MS = 600

NEIGHBOUR_IS_ENCODED = """() => {
  const { images, currentImageId } = maskwright.store.get();
  const index = images.findIndex((image) => image.id === currentImageId);
  return images[index + 1]?.embedding.state === 'ready';
}"""


def measure_pointer(browser: Browser, address: str) -> dict[str, float]:
    """Return how many hover masks a second are painted, and how soon a click is answered.

    Both on a photograph of 12 megapixels, with the mouse of the browser's own input.
    """
    image = photo_of(browser, address, "coffee.jpg", PHOTO_MEGAPIXELS)
    with bench_page(browser, address) as page:
        open_photo(page, image)
        hover_for(page, 1.0)
        hovers = hover_for(page, HOVER_SECONDS)
        clicks = [time_click(page, place) for place in places(CLICKS + 5)][5:]
    note(f"clicks: median {median(clicks):.1f} ms; hovers: {hovers}")
    return {
        "hover_fps": round(hovers["masks"] / hovers["seconds"], 1),
        "frames_fps": round(hovers["frames"] / hovers["seconds"], 1),
        "click_to_paint_ms": round(median(clicks), 1),
        "click_to_paint_p95_ms": round(percentile_95(clicks), 1),
    }


def measure_size_cost(address: str) -> dict[str, float]:
    """Return hover decode and paint on 20 megapixels over the same on 1 megapixel.

    Both sizes take turns on one page, and frames come as soon as they are drawn.
    """
    with bench_browser(*UNLIMITED_FRAMES) as browser:
        images = {size: photo_of(browser, address, "coffee.jpg", size) for size in (1, 20)}
        durations: dict[int, list[float]] = {size: [] for size in images}
        with bench_page(browser, address) as page:
            for turn in range(SIZE_ROUNDS + 1):
                for size, image in images.items():
                    open_photo(page, image)
                    page.wait_for_timeout(SETTLE_MS)
                    here = places(HOVERS_PER_ROUND, start=turn * HOVERS_PER_ROUND)
                    times = page.evaluate("(here) => benchProbe.timeHovers(here)", here)
                    durations[size] += times[2:] if turn > 0 else []
    large, small = median(durations[20]), median(durations[1])
    return {
        "hover_ms_1mp": round(small, 2),
        "hover_ms_20mp": round(large, 2),
        "cost_20mp_over_1mp": round(large / small, 3),
    }


def measure_next_image(browser: Browser, address: str) -> dict[str, float]:
    """Return the time from the key to the first possible click on a prefetched next image."""
    images = [
        photo_of(browser, address, SCENES[number % len(SCENES)], STEP_MEGAPIXELS, number)
        for number in range(STEPS + 1)
    ]
    durations = []
    with bench_page(browser, address) as page:
        open_photo(page, images[0])
        for _ in range(STEPS):
            page.wait_for_function(NEIGHBOUR_IS_ENCODED)
            page.wait_for_timeout(SETTLE_MS)
            page.evaluate("() => { globalThis.benchStep = benchProbe.timeNextImage(); }")
            page.keyboard.press("d")
            durations.append(page.evaluate("() => benchStep"))
    return {
        "next_image_ms": round(median(durations), 1),
        "next_image_ready_ms": round(percentile_95(durations), 1),
    }


def measure_heap(browser: Browser, address: str) -> dict[str, float]:
    """Return the growth of the page's memory over 300 images with ten decodes each."""
    small = [large_photograph(scene, SMALL_MEGAPIXELS) for scene in SCENES]
    context = browser.new_context()
    copies = [numbered_copy(small[index % 3], 1000 + index) for index in range(IMAGES)]
    images = [
        add_photo(context.request, address, copy, f"heap-{index}.jpg")
        for index, copy in enumerate(copies)
    ]
    context.close()
    before = 0.0
    with bench_page(browser, address) as page:
        memory = PageMemory(page)
        for index, image in enumerate(images):
            open_photo(page, image)
            here = places(DECODES_PER_IMAGE, start=index * DECODES_PER_IMAGE)
            page.evaluate("(here) => benchProbe.timeHovers(here)", here)
            if index + 1 == IMAGES_BEFORE:
                before = memory.megabytes()
            if (index + 1) % 50 == 0:
                note(f"heap: {index + 1} images, {memory.megabytes():.1f} MB")
        after = memory.megabytes()
    return {
        "heap_mb_after_20": round(before, 1),
        "heap_growth_mb": round(after - before, 1),
    }


def photo_of(
    browser: Browser, address: str, scene: str, megapixels: float, copy: int = 0
) -> dict[str, Any]:
    """Return an encoded photograph of that size on the server."""
    context = browser.new_context()
    content = numbered_copy(large_photograph(scene, megapixels), copy)
    name = f"{scene.removesuffix('.jpg')}-{megapixels:g}mp-{copy}.jpg"
    image = encoded_photo(context.request, address, content, name)
    context.close()
    return image


def hover_for(page: Page, seconds: float) -> dict[str, float]:
    """Move the mouse over the photograph as a hand does; return what was painted meanwhile."""
    page.evaluate("() => { globalThis.benchWatch = benchProbe.watchHovers(); }")
    to_client = corners(page)
    begin = time.perf_counter()
    moves = 0
    while (elapsed := time.perf_counter() - begin) < seconds:
        page.mouse.move(*to_client(path(elapsed)))
        moves += 1
        time.sleep(max(0.0, moves / MOVES_PER_SECOND - (time.perf_counter() - begin)))
    counts: dict[str, float] = page.evaluate("() => benchWatch()")
    return {**counts, "moves": moves}


def time_click(page: Page, place: dict[str, float]) -> float:
    """Return the milliseconds from a click to the frame with its mask; the object is dropped."""
    page.mouse.move(*corners(page)(place))
    page.evaluate("() => { globalThis.benchClick = benchProbe.timeClick(); }")
    page.mouse.down()
    page.mouse.up()
    duration: float = page.evaluate("() => benchClick")
    page.keyboard.press("Escape")
    return duration


def corners(page: Page) -> Callable[[dict[str, float]], tuple[float, float]]:
    """Return the map from shares of the photograph's sides to the window."""
    low = page.evaluate("() => benchProbe.toClient({x: 0, y: 0})")
    high = page.evaluate("() => benchProbe.toClient({x: 1, y: 1})")

    def to_client(place: dict[str, float]) -> tuple[float, float]:
        x = low["x"] + place["x"] * (high["x"] - low["x"])
        return x, low["y"] + place["y"] * (high["y"] - low["y"])

    return to_client


def path(seconds: float) -> dict[str, float]:
    """Return where the hand is: a curve over the whole photograph that does not repeat soon."""
    return {"x": 0.5 + 0.42 * math.sin(1.3 * seconds), "y": 0.5 + 0.42 * math.sin(1.7 * seconds)}


def places(count: int, start: int = 0) -> list[dict[str, float]]:
    """Return places spread evenly over the photograph, the first ones in no special order."""
    golden = (math.sqrt(5) - 1) / 2
    return [
        {
            "x": 0.08 + 0.84 * ((start + index) * golden % 1),
            "y": 0.08 + 0.84 * ((start + index) * math.sqrt(2) % 1),
        }
        for index in range(count)
    ]


def percentile_95(durations: list[float]) -> float:
    """Return the duration that 95 of 100 do not exceed."""
    return quantiles(durations, n=20, method="inclusive")[-1]


def note(text: str) -> None:
    """Say how far the benchmark is, beside its result."""
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()
