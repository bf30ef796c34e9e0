"""The check finds every kind of wrong export."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.domain.export import ExportFormat, ExportReport, SegmentationKind
from app.errors import ServerFaultError
from app.exporters.coco import write_coco
from app.exporters.coco_check import check_coco
from tests.helpers.datasets import dataset_of

PIXELS = np.zeros((32, 48), dtype=np.bool_)
PIXELS[4:12, 5:20] = True
LARGER = PIXELS.copy()
LARGER[12, 5:20] = True
DATASET = dataset_of(PIXELS)
OTHER_CODE = dataset_of(LARGER).all_masks[0].coco_rle

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "annotations.json"


def write(path: Path, kind: SegmentationKind, change: Change) -> ExportReport:
    report = ExportReport(ExportFormat.COCO)
    with path.open("wb") as file:
        write_coco(DATASET, kind, file, report)
    document = json.loads(path.read_bytes())
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")
    return report


def test_a_right_export_passes_and_the_masks_are_counted(path: Path) -> None:
    report = write(path, SegmentationKind.RLE, lambda document: None)
    check_coco(path, DATASET, SegmentationKind.RLE, report)
    assert report.compared == 1


CHANGES: dict[str, tuple[Change, str]] = {
    "one row more": (
        lambda d: d["annotations"][0].update(segmentation=OTHER_CODE),
        "annotation 1 must be",
    ),
    "another size": (
        lambda d: d["annotations"][0]["segmentation"].update(size=[33, 48]),
        "annotation 1 must be",
    ),
    "area": (lambda d: d["annotations"][0].update(area=1), "annotation 1 must be"),
    "bbox": (lambda d: d["annotations"][0].update(bbox=[0, 0, 1, 1]), "annotation 1 must be"),
    "crowd": (lambda d: d["annotations"][0].update(iscrowd=1), "annotation 1 must be"),
    "id": (lambda d: d["annotations"][0].update(id=0), "annotation 1 must be"),
    "missing annotation": (lambda d: d["annotations"].clear(), "an annotation must be"),
    "annotation twice": (
        lambda d: d["annotations"].append(d["annotations"][0]),
        "an annotation must be None",
    ),
    "missing image": (lambda d: d["images"].pop(), "an image must be"),
    "missing category": (lambda d: d["categories"].clear(), "a category must be"),
    "no info": (lambda d: d.pop("info"), "info must be 1, got 0"),
    "other end": (lambda d: d.pop("maskwright"), "the end must be 'maskwright', got None"),
    "unreadable": (lambda d: d.update(images={"a": 1}), "an image must be"),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_wrong_export_is_refused(path: Path, kind: str) -> None:
    change, reason = CHANGES[kind]
    report = write(path, SegmentationKind.RLE, change)
    with pytest.raises(ServerFaultError, match=reason) as caught:
        check_coco(path, DATASET, SegmentationKind.RLE, report)
    assert caught.value.code == "export_check_failed"


def test_half_a_file_is_refused(path: Path) -> None:
    report = write(path, SegmentationKind.RLE, lambda document: None)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ServerFaultError, match="could not be read"):
        check_coco(path, DATASET, SegmentationKind.RLE, report)


def test_a_mask_whose_measures_are_not_its_own_is_refused(path: Path) -> None:
    wrong = dataset_of(PIXELS)
    wrong = type(wrong)(wrong.all_images, (wrong.all_masks[0]._replace(area=5),))
    report = ExportReport(ExportFormat.COCO)
    with path.open("wb") as file:
        write_coco(wrong, SegmentationKind.RLE, file, report)
    with pytest.raises(ServerFaultError, match="pycocotools measures mask 1 as area 120"):
        check_coco(path, wrong, SegmentationKind.RLE, report)


def change_polygon(rings: list[list[int]]) -> Change:
    return lambda d: d["annotations"][0].update(segmentation=rings)


def test_a_polygon_that_loses_pixels_is_refused(path: Path) -> None:
    smaller = change_polygon([[6, 4, 20, 4, 20, 12, 6, 12]])
    report = write(path, SegmentationKind.POLYGONS, smaller)
    with pytest.raises(ServerFaultError, match="mask 1 lost 8 pixels"):
        check_coco(path, DATASET, SegmentationKind.POLYGONS, report)


def test_a_polygon_that_adds_pixels_without_saying_so_is_refused(path: Path) -> None:
    larger = change_polygon([[4, 4, 20, 4, 20, 12, 4, 12]])
    report = write(path, SegmentationKind.POLYGONS, larger)
    with pytest.raises(ServerFaultError, match="filled holes must be 0, got 1"):
        check_coco(path, DATASET, SegmentationKind.POLYGONS, report)
