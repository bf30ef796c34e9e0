"""Exports are read back by an independent reader: pycocotools."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pycocotools.coco import COCO

from app.domain.annotation import Annotation, AnnotationContent
from app.domain.category import Category, CategoryContent
from app.domain.dataset import Dataset
from app.domain.image_record import ImageRecord, NewImage
from app.exporters.coco import SegmentationKind, export_coco
from app.exporters.coco_check import check_coco
from app.services.exact_mask import from_pixels

HEIGHT, WIDTH = 9, 13


def named(*rows: str) -> np.ndarray:
    return np.array([[sign == "#" for sign in row] for row in rows])


SHAPES = {
    "ring": named("####", "#..#", "####"),
    "two parts": named("##..", "....", "..##"),
    "one pixel": named("....", ".#..", "...."),
    "corner pixel": named("#...", "....", "...."),
    "touching corners": named("#.#.", ".#.#", "#.#."),
    "border": named("####", "#..#", "#..#"),
    "full": named("####", "####", "####"),
    "island in a hole": named("#####", "#...#", "#.#.#", "#...#", "#####"),
    "last column": named("...#", "...#", "...#"),
}


def dataset_of(*masks: np.ndarray) -> Dataset:
    """Return a dataset with one image per mask, one more without, and two categories."""
    images, annotations = [], []
    for number, pixels in enumerate((*masks, np.ones((3, 4), dtype=np.bool_)), start=1):
        height, width = pixels.shape
        name = f"Käse 奶酪 {number}.jpg"
        file = NewImage(name, width, height, f"{number:064x}", 9, "image/png", "image/png", True)
        images.append(ImageRecord(number, file, "2026-01-01T00:00:00.000Z", 1))
        if number <= len(masks):
            annotations.append(annotation_of(number, pixels))
    categories = (
        Category(1, CategoryContent("object", "thing", "#e69f00")),
        Category(3, CategoryContent("Größe ñ 👍", "", "#56b4e9")),
    )
    return Dataset(tuple(images), categories, tuple(annotations))


def annotation_of(number: int, pixels: np.ndarray) -> Annotation:
    mask, measures = from_pixels(pixels)
    said = AnnotationContent(1, mask, author="Ada", model_id="0123456789abcdef")
    time = "2026-01-01T00:00:00.000Z"
    return Annotation(number, number, said, measures, False, time, time, 1, False)


def read_back(content: bytes) -> COCO:
    coco = COCO()
    coco.dataset = json.loads(content)
    with contextlib.redirect_stdout(io.StringIO()):
        coco.createIndex()
    return coco


def fill_holes(pixels: np.ndarray) -> np.ndarray:
    """Return a mask with all holes filled: what no path from outside reaches."""
    outside = np.pad(~pixels, 1, constant_values=True)
    reached = np.zeros_like(outside)
    reached[0, 0] = True
    while True:
        grown = reached.copy()
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                grown |= np.roll(reached, (dy, dx), (0, 1))
        grown &= outside
        if np.array_equal(grown, reached):
            return ~reached[1:-1, 1:-1]
        reached = grown


@pytest.mark.parametrize("shape", SHAPES)
def test_run_lengths_give_the_same_pixels(shape: str) -> None:
    dataset = dataset_of(SHAPES[shape])
    content = export_coco(dataset, SegmentationKind.RLE)
    check_coco(content, dataset)
    found = read_back(content)
    assert np.array_equal(found.annToMask(found.anns[1]), SHAPES[shape])
    assert found.anns[1]["iscrowd"] == 0


@pytest.mark.parametrize("shape", SHAPES)
def test_polygons_give_the_same_pixels_but_for_filled_holes_which_are_reported(shape: str) -> None:
    dataset = dataset_of(SHAPES[shape])
    content = export_coco(dataset, SegmentationKind.POLYGONS)
    check_coco(content, dataset)
    found = read_back(content)
    filled = fill_holes(SHAPES[shape])
    assert np.array_equal(found.annToMask(found.anns[1]), filled)
    reported = {one["annotation_id"] for one in found.dataset["info"]["maskwright"]["filled_holes"]}
    assert reported == (set() if np.array_equal(filled, SHAPES[shape]) else {1})
    assert all(len(ring) >= 8 for ring in found.anns[1]["segmentation"])


random_masks = arrays(np.bool_, (HEIGHT, WIDTH)).filter(np.any)


@given(masks=st.lists(random_masks, min_size=1, max_size=3), kind=st.sampled_from(SegmentationKind))
def test_any_masks_come_back(masks: list[np.ndarray], kind: SegmentationKind) -> None:
    dataset = dataset_of(*masks)
    content = export_coco(dataset, kind)
    check_coco(content, dataset)
    found = read_back(content)
    for number, pixels in enumerate(masks, start=1):
        expected = pixels if kind is SegmentationKind.RLE else fill_holes(pixels)
        assert np.array_equal(found.annToMask(found.anns[number]), expected)
        assert found.anns[number]["area"] == int(pixels.sum())


@pytest.mark.parametrize("kind", SegmentationKind)
def test_equal_datasets_give_equal_bytes(kind: SegmentationKind) -> None:
    masks = tuple(SHAPES.values())
    assert export_coco(dataset_of(*masks), kind) == export_coco(dataset_of(*masks), kind)


def test_the_document_holds_what_readers_expect() -> None:
    content = export_coco(dataset_of(SHAPES["ring"]), SegmentationKind.RLE)
    document: dict[str, Any] = json.loads(content)
    assert set(document) == {"info", "licenses", "images", "annotations", "categories"}
    assert [image["id"] for image in document["images"]] == [1, 2]
    assert document["images"][0]["file_name"] == "Käse 奶酪 1.jpg"
    assert "奶酪".encode() in content
    assert document["categories"] == [
        {"id": 1, "name": "object", "supercategory": "thing"},
        {"id": 3, "name": "Größe ñ 👍", "supercategory": ""},
    ]
    assert document["annotations"][0]["bbox"] == [0, 0, 4, 3]
    assert document["info"]["contributor"] == "Ada"
    assert document["info"]["maskwright"]["model_ids"] == ["0123456789abcdef"]


def test_an_empty_dataset_is_a_valid_file() -> None:
    dataset = Dataset((), (), ())
    for kind in SegmentationKind:
        content = export_coco(dataset, kind)
        check_coco(content, dataset)
        assert read_back(content).anns == {}
