"""Pictures of manual pages with exact masks: ``python -m bench.page_domain --help``.

Chromium renders HTML pages in windows of several sizes, and what an annotator of page layout
outlines becomes masks: pictures, tables, boxes, code, controls, and texts by their lines. No
model that learnt from photographs has seen them, and anybody can make them again from the
documentation packages of a Linux distribution.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page, Route, ViewportSize

from bench.browser_page import bench_browser
from bench.coco_folder import CocoFolder

Mask: TypeAlias = NDArray[np.bool_]
Rect: TypeAlias = Sequence[float]
"""Left, top, right, bottom in pixels of the picture."""

KINDS = ("picture", "table", "box", "code", "control", "heading", "item", "text")
VIEWS_WH = ((480, 640), (640, 640), (640, 480), (720, 540), (800, 600))
LEAST_SHARE = 0.01
LEAST_SIDE = 12
FEWEST, MOST = 3, 40
TRIES = 8
ROUNDS = 4
REFRESH = b'http-equiv="refresh"'
SCROLL = "(place) => scrollTo(0, place * (document.documentElement.scrollHeight - innerHeight))"
REGIONS = Path(__file__).with_name("page_regions.js")


@dataclass(frozen=True)
class PageOptions:
    """What is drawn.

    Attributes:
        count: Pictures of each folder.
        seed: Of pages, sizes and places.
    """

    count: int = 20
    seed: int = 0


def text_blocks(rects: Sequence[Rect]) -> list[list[Rect]]:
    """Return the lines of a text, in blocks that a gap of more than a line parts.

    Args:
        rects: Of its pieces, several in a line; without an order.

    Returns:
        For each block its lines from top to bottom, the space between two shared by both.
    """
    lines: list[list[float]] = []
    for left, top, right, bottom in sorted(rects, key=lambda rect: (rect[1], rect[0])):
        if right - left < 1 or bottom - top < 1:
            continue
        middle = (top + bottom) / 2
        line = next((one for one in lines[::-1] if one[1] <= middle <= one[3]), None)
        if line is None:
            lines.append([left, top, right, bottom])
        else:
            line[:] = (
                min(line[0], left),
                min(line[1], top),
                max(line[2], right),
                max(line[3], bottom),
            )
    blocks: list[list[Rect]] = []
    for line in lines:
        above = blocks[-1][-1] if blocks else None
        if above is None or line[1] - above[3] > line[3] - line[1]:
            blocks.append([line])
            continue
        border = (above[3] + line[1]) / 2
        blocks[-1][-1] = [*above[:3], border]
        blocks[-1].append([line[0], border, line[2], line[3]])
    return blocks


def paint(rects: Sequence[Rect], height: int, width: int) -> Mask:
    """Return the pixels whose middles lie in one of the rectangles, clipped to the picture."""
    mask = np.zeros((height, width), dtype=bool)
    for rect in rects:
        left, top, right, bottom = (max(0, round(side)) for side in rect)
        mask[top:bottom, left:right] = True
    return mask


def region_masks(
    regions: Sequence[dict[str, Any]], height: int, width: int
) -> list[tuple[str, Mask]]:
    """Return kind and mask of the regions that are large enough to be annotated.

    Args:
        regions: As the page tells them.
        height: Of the picture.
        width: Of the picture.

    Returns:
        Nothing if one of them is covered: its mask would show something else.
    """
    masks = []
    for region in regions:
        is_text = region["kind"] in {"heading", "item", "text"} or len(region["rects"]) > 1
        parts = text_blocks(region["rects"]) if is_text else [region["rects"]]
        for part in parts:
            mask = paint(part, height, width)
            rows, columns = mask.any(axis=1).sum(), mask.any(axis=0).sum()
            if mask.mean() >= LEAST_SHARE and min(rows, columns) >= LEAST_SIDE:
                if region["isCovered"]:
                    return []
                masks.append((region["kind"], mask))
    return masks


def shots(
    browser: Browser, folder: Path, options: PageOptions
) -> Iterator[tuple[NDArray[np.uint8], list[tuple[str, Mask]]]]:
    """Yield pictures of the pages below a folder, with their masks.

    Args:
        browser: Renders them.
        folder: Has HTML files, and what they show.
        options: How many.

    Raises:
        ValueError: If the folder has too few pages with anything to annotate.
    """
    files = (path for path in sorted(folder.rglob("*.html")) if path.is_file())
    paths = [path for path in files if not _leads_away(path)]
    random = np.random.default_rng([options.seed, len(paths)])
    # A manual of a few long pages shows several places of each.
    order = [paths[number] for _ in range(ROUNDS) for number in random.permutation(len(paths))]
    script = REGIONS.read_text(encoding="utf-8").replace("export function", "function")
    context = browser.new_context(java_script_enabled=False)
    context.route(lambda address: not address.startswith("file:"), _refuse)
    done = 0
    try:
        page = context.new_page()
        for path in order:
            if done == options.count:
                return
            size = VIEWS_WH[int(random.integers(len(VIEWS_WH)))]
            for place in random.uniform(size=TRIES):
                pixels, masks = _shoot(page, path, size, float(place), script)
                if FEWEST <= len(masks) <= MOST:
                    yield pixels, masks
                    done += 1
                    break
    finally:
        context.close()
    raise ValueError(
        f"{folder} must have {options.count} pages with {FEWEST} to {MOST} regions, got {done}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the pictures; return the exit status."""
    defaults = PageOptions()
    parser = argparse.ArgumentParser(prog="python -m bench.page_domain", description=__doc__)
    add = parser.add_argument
    add("--out", type=Path, required=True, help="folder for images/ and annotations.json")
    add("--pages", type=Path, required=True, nargs="+", help="folders of HTML pages, a manual each")
    add("--count", type=int, default=defaults.count, help="pictures of each manual")
    add("--seed", type=int, default=defaults.seed, help="of pages, sizes and places")
    options = parser.parse_args(arguments)
    target = CocoFolder(options.out, KINDS)
    wanted = PageOptions(options.count, options.seed)
    with bench_browser() as browser:
        for number, folder in enumerate(options.pages):
            for drawn, (pixels, masks) in enumerate(shots(browser, folder, wanted)):
                target.add(f"manual{number}-page{drawn:03}", pixels, masks)
    target.write()
    sys.stderr.write(f"{target.mask_count} masks in {options.out}\n")
    return 0


def _shoot(
    page: Page, path: Path, size: tuple[int, int], place: float, script: str
) -> tuple[NDArray[np.uint8], list[tuple[str, Mask]]]:
    width, height = size
    page.set_viewport_size(ViewportSize(width=width, height=height))
    page.goto(path.resolve().as_uri())
    page.evaluate(f"() => {{ {script}\nloosen(); }}")
    page.evaluate(SCROLL, place)
    regions = page.evaluate(f"() => {{ {script}\nreturn findRegions(); }}")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    pixels = np.asarray(picture.convert("RGB"))
    return pixels, region_masks(regions, height, width)


def _leads_away(path: Path) -> bool:
    """Return whether a page shows another one at once."""
    return REFRESH in path.read_bytes().lower()


def _refuse(route: Route) -> None:
    route.abort()


if __name__ == "__main__":
    sys.exit(main())
