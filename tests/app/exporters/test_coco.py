"""Details of the COCO document; the whole is in tests/contracts/test_export_formats.py."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pytest

from app.domain.dataset import DatasetView
from app.domain.export import MOST_EXAMPLES, ExportFormat, ExportReport, SegmentationKind
from app.exporters.coco import write_coco
from tests.helpers.datasets import (
    SHAPES,
    MemoryDataset,
    dataset_of,
    image_record,
    mask_record,
    overlapping,
)


def written(
    dataset: DatasetView, kind: SegmentationKind = SegmentationKind.RLE
) -> tuple[dict[str, Any], ExportReport]:
    report = ExportReport(ExportFormat.COCO)
    file = io.BytesIO()
    write_coco(dataset, kind, file, report)
    document: dict[str, Any] = json.loads(file.getvalue())
    return document, report


def test_repeated_file_names_are_reported() -> None:
    images = tuple(image_record(n, name, 3, 4) for n, name in enumerate(["a", "b", "a"], 1))
    document, _ = written(MemoryDataset(images))
    assert document["maskwright"]["repeated_file_names"] == ["a"]


def test_the_date_is_that_of_the_newest_change() -> None:
    document, _ = written(dataset_of(SHAPES["full"]))
    info = document["info"]
    assert (info["date_created"], info["year"]) == ("2026-01-01T00:00:00.000Z", 2026)


def test_what_a_person_added_is_written() -> None:
    crowd = mask_record(7, 1, SHAPES["two parts"], is_crowd=True)
    crowd = crowd._replace(attributes_json='{"ä": 1}', group_id=2, notes='a "b"', z_order=-0.5)
    document, _ = written(MemoryDataset((image_record(1, "a", 3, 4),), (crowd,)))
    annotation = document["annotations"][0]
    assert (annotation["iscrowd"], annotation["attributes"]) == (1, {"ä": 1})
    assert (annotation["group_id"], annotation["notes"]) == (2, 'a "b"')
    assert annotation["z_order"] == -0.5


@pytest.mark.parametrize("kind", SegmentationKind)
def test_polygons_lie_where_the_mask_lies(kind: SegmentationKind) -> None:
    pixels = np.zeros((32, 48), dtype=np.bool_)
    pixels[4:12, 5:20] = True
    annotation = written(dataset_of(pixels), kind)[0]["annotations"][0]
    assert annotation["bbox"] == [5, 4, 15, 8]
    if kind is SegmentationKind.POLYGONS:
        assert annotation["segmentation"] == [[5, 4, 20, 4, 20, 12, 5, 12]]


def test_a_loss_is_counted_and_its_first_annotations_are_named() -> None:
    rings = overlapping(*[SHAPES["ring"]] * (MOST_EXAMPLES + 5))
    _, report = written(rings, SegmentationKind.POLYGONS)
    (loss,) = report.losses
    assert loss.count == MOST_EXAMPLES + 5
    assert loss.annotation_ids == list(range(1, MOST_EXAMPLES + 1))
