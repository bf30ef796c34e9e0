"""An object of one pixel is an object: it is kept, moved, undone and exported like any other."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.shown import decode_rle
from tests.e2e.test_editing import click
from tests.e2e.workbench import Workbench

SMALLEST = "() => maskwright.store.get().brushSize === 1"


def pixels(page: Workbench) -> list[tuple[int, int]]:
    """Return x and y of every pixel of the one object."""
    (kept,) = page.objects()
    rows, columns = decode_rle(kept["rle"]).nonzero()
    return list(zip(columns.tolist(), rows.tolist(), strict=True))


def test_one_pixel_is_kept_moved_undone_and_exported(coffee: Workbench, tmp_path: Path) -> None:
    coffee.press("b")
    while not coffee.page.evaluate(SMALLEST):
        coffee.press("[")
    click(coffee, 120.5, 80.5)
    coffee.accept()
    assert pixels(coffee) == [(120, 80)]
    name = coffee.current("file_name")
    coffee.page.reload()
    coffee.wait_until_ready(name)
    coffee.wait_until_kept(1)
    coffee.press("v", "Control+a", "ArrowRight")
    coffee.wait_until_kept(1)
    assert pixels(coffee) == [(121, 80)]
    coffee.press("Control+z")
    coffee.wait_until_kept(1)
    assert pixels(coffee) == [(120, 80)]
    document = json.loads(coffee.export_coco(tmp_path).read_text(encoding="utf-8"))
    image_id = int(coffee.current("id"))
    (exported,) = [one for one in document["annotations"] if one["image_id"] == image_id]
    assert (exported["area"], exported["bbox"]) == (1, [120, 80, 1, 1])
