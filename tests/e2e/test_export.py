"""The exported COCO file holds the masks that the page showed, bit for bit."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import numpy as np
from pycocotools.coco import COCO

from tests.e2e.workbench import Workbench

CUP_BOX = (160, 25, 430, 330)
SPOON = (352, 245)


def read_coco(path: Path) -> COCO:
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(path))


def test_the_exported_masks_are_those_on_the_screen(coffee: Workbench, tmp_path: Path) -> None:
    outlines = []
    coffee.draw_box(*CUP_BOX)
    outlines.append(coffee.open_draft().shown.outline)
    coffee.accept()
    coffee.click(*SPOON)
    outlines.append(coffee.open_draft().shown.outline)
    coffee.accept()
    name = coffee.current("file_name")

    coco = read_coco(coffee.export_coco(tmp_path))
    (image,) = [image for image in coco.dataset["images"] if image["file_name"] == name]
    assert (image["width"], image["height"]) == (600, 400)
    annotations = coco.loadAnns(sorted(coco.getAnnIds(imgIds=[image["id"]])))
    assert len(annotations) == len(outlines)
    for annotation, outline in zip(annotations, outlines, strict=True):
        assert np.array_equal(coco.annToMask(annotation).astype(bool), outline)
        assert annotation["area"] == outline.sum()
        assert annotation["iscrowd"] == 0


def test_export_keeps_the_class_that_was_given(coffee: Workbench, tmp_path: Path) -> None:
    coffee.add_category("espresso cup")
    coffee.draw_box(*CUP_BOX)
    coffee.accept()
    name = coffee.current("file_name")
    dataset = json.loads(coffee.export_coco(tmp_path).read_text(encoding="utf-8"))
    (image_id,) = [image["id"] for image in dataset["images"] if image["file_name"] == name]
    (annotation,) = [item for item in dataset["annotations"] if item["image_id"] == image_id]
    names = {category["id"]: category["name"] for category in dataset["categories"]}
    assert names[annotation["category_id"]] == "espresso cup"


def test_an_exported_file_dropped_on_the_page_is_tried_and_taken_in(
    coffee: Workbench, tmp_path: Path
) -> None:
    coffee.draw_box(*CUP_BOX)
    coffee.accept()
    path = coffee.export_coco(tmp_path)
    before = coffee.objects()
    coffee.press("Control+z")
    coffee.wait_until_kept(len(before) - 1)
    coffee.page.set_input_files("#photo-files", path)
    dialog = coffee.page.get_by_role("dialog", name="Import annotations")
    dialog.get_by_role("button", name="Import 1 object").click()
    dialog.get_by_text("1 object from").wait_for()
    dialog.get_by_role("button", name="Close").last.click()
    coffee.wait_until_kept(len(before))
    assert [one["rle"] for one in coffee.objects()] == [one["rle"] for one in before]
