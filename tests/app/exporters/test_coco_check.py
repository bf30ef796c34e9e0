"""The check finds every kind of wrong export."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.domain.category import Category, CategoryContent
from app.domain.dataset import Dataset
from app.errors import ServerFaultError
from app.exporters.coco import SegmentationKind, export_coco
from app.exporters.coco_check import check_coco
from tests.app.exporters.test_coco import annotation, image
from tests.helpers.app_fixtures import mask_json

DATASET = Dataset(
    (image(1, "a.jpg"),),
    (Category(1, CategoryContent("object")),),
    (annotation(1, "2026-06-06T00:00:00.000Z"),),
)


def wrong(change: Callable[[dict[str, Any]], object]) -> bytes:
    document = json.loads(export_coco(DATASET, SegmentationKind.RLE))
    change(document)
    return json.dumps(document).encode()


def test_a_right_export_passes_without_printing(capsys: pytest.CaptureFixture[str]) -> None:
    check_coco(export_coco(DATASET, SegmentationKind.RLE), DATASET)
    assert capsys.readouterr().out == ""


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "one pixel more": (
        lambda d: d["annotations"][0].update(segmentation=mask_json(box=(5, 4, 20, 13))),
        "differs in 15 pixels",
    ),
    "another size": (
        lambda d: d["annotations"][0].update(segmentation=mask_json(height=33)),
        "must have size",
    ),
    "area": (lambda d: d["annotations"][0].update(area=1), "must have area 120"),
    "bbox": (
        lambda d: d["annotations"][0].update(bbox=[0, 0, 1, 1]),
        "must have area 120 and bbox",
    ),
    "crowd": (lambda d: d["annotations"][0].update(iscrowd=1), "must have area"),
    "id": (lambda d: d["annotations"][0].update(id=0), "must have the ids"),
    "missing annotation": (lambda d: d["annotations"].clear(), "annotations must have the ids"),
    "missing image": (lambda d: d["images"].clear(), "images must have the ids"),
    "missing category": (lambda d: d["categories"].clear(), "categories must have the ids"),
    "unreadable": (
        lambda d: d["annotations"][0].update(segmentation="nonsense"),
        "could not read it",
    ),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_wrong_export_is_refused(kind: str) -> None:
    change, reason = CHANGES[kind]
    with pytest.raises(ServerFaultError, match=reason) as caught:
        check_coco(wrong(change), DATASET)
    assert caught.value.code == "export_check_failed"


def test_a_polygon_that_loses_pixels_is_refused_even_if_it_may_fill_holes() -> None:
    def shrink(document: dict[str, Any]) -> None:
        document["annotations"][0]["segmentation"] = [[6, 4, 20, 4, 20, 12, 6, 12]]
        document["info"]["maskwright"]["filled_holes"] = [{"annotation_id": 1, "holes": 1}]

    with pytest.raises(ServerFaultError, match="differs in 8 pixels"):
        check_coco(wrong(shrink), DATASET)
