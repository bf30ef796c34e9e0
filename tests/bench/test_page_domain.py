"""Masks of rendered pages are exact: what they cover has the colour that the page gives it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench import page_domain
from bench.page_domain import PageOptions, main, paint, region_masks, shots, text_blocks
from sam_core.data import open_dataset

BOXES = """<!doctype html><meta charset="utf-8"><style>
body {margin: 0; background: white; font: 16px/20px sans-serif}
header {position: fixed; top: 0; left: 0; width: 100%; height: 40px; background: rgb(0, 0, 250)}
main {padding-top: 60px}
pre {margin: 20px; height: 90px; background: rgb(250, 0, 0); color: transparent}
svg {display: block; margin: 20px; width: 150px; height: 110px; background: rgb(0, 250, 0)}
span {background: rgb(200, 200, 0); color: rgb(200, 200, 0)}
</style><header></header><main><pre>code</pre><svg></svg><p style="margin: 20px; width: 300px">
<span>A text of some words that goes on for more than one line, and ends in the third or so,
as a text on a page does, ragged at its right edge</span></p></main>"""

COLOURS = {"code": (250, 0, 0), "picture": (0, 250, 0), "box": (0, 0, 250)}


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    folder = tmp_path / "manual"
    folder.mkdir()
    (folder / "boxes.html").write_text(BOXES, encoding="utf-8")
    moved = '<meta http-equiv="Refresh" content="0; url=boxes.html">'
    (folder / "moved.html").write_text(moved, encoding="utf-8")
    return folder


def test_masks_are_what_the_page_draws(manual: Path, browser: Browser) -> None:
    pixels, masks = next(shots(browser, manual, PageOptions(count=1)))
    found = dict(masks)
    assert set(found) == {*COLOURS, "text"}
    for kind, colour in COLOURS.items():
        assert ((pixels == colour).all(axis=2) == found[kind]).all(), kind
    marked = (pixels == (200, 200, 0)).all(axis=2)
    assert marked.any()
    # The lines of a text share the space between them, which has no colour of the text's.
    assert not (marked & ~found["text"]).any()
    assert marked.sum() > 0.8 * found["text"].sum()


def test_a_view_is_drawn_again_as_it_was(manual: Path, browser: Browser) -> None:
    one, again = (next(shots(browser, manual, PageOptions(1, seed=3))) for _ in range(2))
    assert (one[0] == again[0]).all()


def test_a_manual_with_too_little_is_refused(tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "empty.html").write_text("<p>a", encoding="utf-8")
    with pytest.raises(ValueError, match="3 to 40 regions, got 0"):
        list(shots(browser, tmp_path, PageOptions(count=1)))


def test_lines_of_a_text_meet_and_a_gap_parts_blocks() -> None:
    pieces = [(50, 0, 90, 10), (10, 2, 50, 12), (10, 16, 60, 26), (10, 60, 40, 70), (0, 5, 0, 5)]
    blocks = text_blocks(pieces)
    assert blocks == [[[10, 0, 90, 14.0], [10, 14.0, 60, 26]], [[10, 60, 40, 70]]]


def test_a_mask_ends_with_the_picture() -> None:
    mask = paint([(-5, -5, 3, 2), (8, 4, 30, 30)], height=6, width=10)
    assert mask.sum() == 3 * 2 + 2 * 2
    assert mask[1, 2]
    assert mask[5, 9]


@pytest.mark.parametrize(
    ("rects", "is_covered", "count"),
    [
        ([[0, 0, 40, 40]], False, 1),
        ([[0, 0, 40, 11]], False, 0),
        ([[0, 0, 40, 40]], True, 0),
    ],
)
def test_what_is_low_or_covered_is_not_annotated(
    rects: Sequence[Sequence[float]], is_covered: bool, count: int
) -> None:
    region = {"kind": "picture", "rects": rects, "isCovered": is_covered}
    assert len(region_masks([region], 100, 100)) == count


def test_the_command_writes_what_the_benchmark_reads(
    manual: Path, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lent:
        def __enter__(self) -> Browser:
            return browser

        def __exit__(self, *_: object) -> None:
            """The browser is of all tests."""

    monkeypatch.setattr(page_domain, "bench_browser", Lent)
    out = tmp_path / "out"
    assert main(["--out", str(out), "--pages", str(manual), "--count", "2"]) == 0
    data = open_dataset(out / "images", out / "annotations.json")
    assert len(data) == 2
    assert [len(data[number].segmentations) for number in range(2)] == [4, 4]
