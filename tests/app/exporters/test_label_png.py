"""PNG images of objects and of classes."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

from app.domain.category import Category, CategoryContent
from app.domain.export import ExportFormat
from app.errors import UnprocessableError
from tests.helpers.datasets import (
    SHAPES,
    MemoryDataset,
    dataset_of,
    drawn,
    image_record,
    mask_record,
    overlapping,
)
from tests.helpers.export_archives import export, losses


def numbers(content: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(content)) as picture:
        return np.asarray(picture)


@pytest.mark.parametrize("shape", SHAPES)
def test_alone_every_mask_is_exact(shape: str) -> None:
    files, report = export(dataset_of(SHAPES[shape]), ExportFormat.INSTANCE_PNG)
    assert np.array_equal(numbers(files["instances/Käse 奶酪 1.png"]) == 1, SHAPES[shape])
    assert report.losses == []


def test_objects_are_explained_and_overlaps_are_reported() -> None:
    large, small = drawn("####", "####"), drawn(".#..", "....")
    files, report = export(overlapping(large, small), ExportFormat.INSTANCE_PNG)
    assert numbers(files["instances/photo.png"]).tolist() == [[1, 2, 1, 1], [1, 1, 1, 1]]
    objects = json.loads(files["objects/photo.json"])
    assert [(one["value"], one["annotation_id"], one["category"]) for one in objects] == [
        (1, 1, "object"),
        (2, 2, "object"),
    ]
    assert losses(report) == {"overlap_cut": 1}


def test_classes_are_written_by_their_ids() -> None:
    masks = (
        mask_record(1, 1, drawn("##..", "....")),
        mask_record(2, 1, drawn("...#", "...#"), category_id=3),
    )
    dataset = MemoryDataset((image_record(1, "photo.jpg", 2, 4),), masks)
    files, report = export(dataset, ExportFormat.SEMANTIC_PNG)
    found = numbers(files["classes/photo.png"])
    assert found.tolist() == [[1, 1, 0, 3], [0, 0, 0, 3]]
    assert found.dtype == np.uint8
    assert json.loads(files["classes.json"]) == {"0": "", "1": "object", "3": "Größe ñ 👍"}
    assert losses(report) == {"objects_merged": 2}


@pytest.mark.parametrize(("number", "kind"), [(255, np.uint8), (256, np.uint16)])
def test_large_ids_of_classes_take_sixteen_bits(number: int, kind: type) -> None:
    mask = mask_record(1, 1, SHAPES["full"], category_id=number)
    categories = (Category(number, CategoryContent("x")),)
    dataset = MemoryDataset((image_record(1, "photo.jpg", 3, 4),), (mask,), categories)
    found = numbers(export(dataset, ExportFormat.SEMANTIC_PNG)[0]["classes/photo.png"])
    assert found.astype(int).max() == number
    assert found.dtype.itemsize == np.dtype(kind).itemsize


def test_ids_that_no_picture_holds_are_refused() -> None:
    mask = mask_record(1, 1, SHAPES["full"], category_id=70_000)
    categories = (Category(70_000, CategoryContent("x")),)
    dataset = MemoryDataset((image_record(1, "photo.jpg", 3, 4),), (mask,), categories)
    with pytest.raises(UnprocessableError, match="up to 65535, got 70000"):
        export(dataset, ExportFormat.SEMANTIC_PNG)
