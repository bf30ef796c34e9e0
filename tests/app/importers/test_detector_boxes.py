"""Boxes of detectors are read from COCO files of both forms."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from app.errors import UnprocessableError
from app.importers.detector_boxes import DetectorBoxes, ScoredBox, read_detector_boxes


def read(content: Any) -> DetectorBoxes:
    return read_detector_boxes(io.StringIO(json.dumps(content)))


def test_a_data_set_gives_its_images_and_the_corners_of_its_boxes() -> None:
    found = read(
        {
            "images": [{"id": 3, "file_name": "a.jpg", "width": 40, "height": 30}],
            "annotations": [
                {"id": 1, "image_id": 3, "bbox": [2, 4, 10, 5], "score": 0.5},
                {"id": 2, "image_id": 3, "bbox": [0, 0, 1.5, 1]},
            ],
        }
    )
    assert found.head.images[3].file_name == "a.jpg"
    assert found.boxes[3] == [ScoredBox(0.5, (2, 4, 12, 9)), ScoredBox(0.0, (0, 0, 1.5, 1))]
    assert (found.is_list, found.damaged) == (False, 0)


def test_a_list_of_results_knows_images_by_id() -> None:
    found = read([{"image_id": 7, "bbox": [1, 1, 2, 2], "score": 0.9, "category_id": 1}])
    assert found.is_list
    assert found.boxes == {7: [ScoredBox(0.9, (1, 1, 3, 3))]}
    assert not found.head.images


@pytest.mark.parametrize(
    "entry",
    [
        None,
        {},
        {"image_id": 1},
        {"bbox": [0, 0, 1, 1]},
        {"image_id": 1, "bbox": [0, 0, 0, 1]},
        {"image_id": 1, "bbox": [0, 0, 1]},
        {"image_id": 1, "bbox": [0, 0, 1, True]},
        {"image_id": 1, "bbox": [0, 0, 1, 1e300]},
        {"image_id": 1, "bbox": "0 0 1 1"},
    ],
)
def test_entries_that_are_no_boxes_are_counted(entry: Any) -> None:
    found = read([entry, {"image_id": 1, "bbox": [0, 0, 1, 1], "score": "high"}])
    assert found.damaged == 1
    assert found.boxes[1] == [ScoredBox(0.0, (0, 0, 1, 1))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json_damaged"),
        ("[", "json_damaged"),
        ("{", "json_damaged"),
        ("[" * 100_000, "json_damaged"),
        ("{}", "boxes_missing"),
        ("[]", "boxes_missing"),
    ],
)
def test_files_without_boxes_are_refused(text: str, code: str) -> None:
    with pytest.raises(UnprocessableError) as refused:
        read_detector_boxes(io.StringIO(text))
    assert refused.value.code == code
