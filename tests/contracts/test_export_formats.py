"""Exports are read back by an independent reader: pycocotools."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pycocotools.coco import COCO

from app.domain.dataset import DatasetView
from app.domain.export import ExportFormat, ExportReport, SegmentationKind
from app.exporters.coco import write_coco
from app.exporters.coco_check import check_coco
from tests.helpers.datasets import SHAPES, MemoryDataset, dataset_of, fill_holes

HEIGHT, WIDTH = 9, 13


def export(dataset: DatasetView, kind: SegmentationKind) -> tuple[bytes, ExportReport]:
    """Return the file that would be handed out, after its check, and its report."""
    report = ExportReport(ExportFormat.COCO)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "annotations.json"
        with path.open("wb") as file:
            write_coco(dataset, kind, file, report)
        check_coco(path, dataset, kind, report)
        return path.read_bytes(), report


def read_back(content: bytes) -> COCO:
    coco = COCO()
    coco.dataset = json.loads(content)
    with contextlib.redirect_stdout(io.StringIO()):
        coco.createIndex()
    return coco


@pytest.mark.parametrize("shape", SHAPES)
def test_run_lengths_give_the_same_pixels(shape: str) -> None:
    content, report = export(dataset_of(SHAPES[shape]), SegmentationKind.RLE)
    found = read_back(content)
    assert np.array_equal(found.annToMask(found.anns[1]), SHAPES[shape])
    assert found.anns[1]["iscrowd"] == 0
    assert (report.compared, report.losses) == (1, [])


@pytest.mark.parametrize("shape", SHAPES)
def test_polygons_give_the_same_pixels_but_for_filled_holes_which_are_reported(shape: str) -> None:
    content, report = export(dataset_of(SHAPES[shape]), SegmentationKind.POLYGONS)
    found = read_back(content)
    filled = fill_holes(SHAPES[shape])
    assert np.array_equal(found.annToMask(found.anns[1]), filled)
    expected = [] if np.array_equal(filled, SHAPES[shape]) else [("holes_filled", 1, [1])]
    assert [(loss.code, loss.count, loss.annotation_ids) for loss in report.losses] == expected
    told = [
        (loss["code"], loss["count"], loss["annotation_ids"])
        for loss in found.dataset["maskwright"]["losses"]
    ]
    assert told == expected
    assert all(len(ring) >= 8 for ring in found.anns[1]["segmentation"])


random_masks = arrays(np.bool_, (HEIGHT, WIDTH)).filter(np.any)


@given(masks=st.lists(random_masks, min_size=1, max_size=3), kind=st.sampled_from(SegmentationKind))
def test_any_masks_come_back(masks: list[np.ndarray], kind: SegmentationKind) -> None:
    content, report = export(dataset_of(*masks), kind)
    found = read_back(content)
    assert report.compared == len(masks)
    for number, pixels in enumerate(masks, start=1):
        expected = pixels if kind is SegmentationKind.RLE else fill_holes(pixels)
        assert np.array_equal(found.annToMask(found.anns[number]), expected)
        assert found.anns[number]["area"] == int(pixels.sum())


@pytest.mark.parametrize("kind", SegmentationKind)
def test_equal_datasets_give_equal_bytes(kind: SegmentationKind) -> None:
    masks = tuple(SHAPES.values())
    assert export(dataset_of(*masks), kind) == export(dataset_of(*masks), kind)


def test_the_document_holds_what_readers_expect() -> None:
    content, report = export(dataset_of(SHAPES["ring"]), SegmentationKind.RLE)
    document: dict[str, Any] = json.loads(content)
    assert list(document) == [
        *("info", "licenses", "images", "categories", "annotations", "maskwright"),
    ]
    assert [image["id"] for image in document["images"]] == [1, 2]
    assert document["images"][0]["file_name"] == "Käse 奶酪 1.jpg"
    assert "奶酪".encode() in content
    assert document["categories"] == [
        {"id": 1, "name": "object", "supercategory": "thing"},
        {"id": 3, "name": "Größe ñ 👍", "supercategory": ""},
    ]
    assert document["annotations"][0]["bbox"] == [0, 0, 4, 3]
    assert document["info"]["contributor"] == "Ada"
    assert document["maskwright"]["model_ids"] == ["0123456789abcdef"]
    assert (report.images, report.annotations, report.categories) == (2, 1, 2)


def test_an_empty_dataset_is_a_valid_file() -> None:
    for kind in SegmentationKind:
        content, _ = export(MemoryDataset(categories=()), kind)
        assert read_back(content).anns == {}
