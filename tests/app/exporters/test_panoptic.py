"""COCO panoptic: colours are ids, and the list of segments is that of the picture."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

from app.domain.export import ExportFormat, Split
from app.errors import UnprocessableError
from tests.helpers.datasets import (
    SHAPES,
    MemoryDataset,
    dataset_of,
    drawn,
    mask_record,
    overlapping,
)
from tests.helpers.export_archives import export, losses


def ids(content: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(content)) as picture:
        colors = np.asarray(picture).astype(int)
    return np.asarray(colors @ [1, 256, 65536])


@pytest.mark.parametrize("number", [1, 255, 256, 70_000, 2**24 - 1])
def test_every_id_is_a_colour(number: int) -> None:
    dataset = dataset_of(SHAPES["ring"])
    mask = mask_record(number, 1, SHAPES["ring"], category_id=3, is_crowd=True)
    files, report = export(MemoryDataset(dataset.all_images, (mask,)), ExportFormat.PANOPTIC)
    assert np.array_equal(ids(files["panoptic/Käse 奶酪 1.png"]) == number, SHAPES["ring"])
    document = json.loads(files["panoptic.json"])
    assert document["annotations"][0]["segments_info"] == [
        {"id": number, "category_id": 3, "area": 10, "bbox": [0, 0, 4, 3], "iscrowd": 1}
    ]
    assert document["annotations"][1]["segments_info"] == []
    assert [one["isthing"] for one in document["categories"]] == [1, 1]
    assert document["categories"][0]["color"] == [230, 159, 0]
    assert report.losses == []


def test_a_segment_is_what_is_visible_of_it() -> None:
    full, part = drawn("####", "####"), drawn("##..", "##..")
    files, report = export(overlapping(full, part, part), ExportFormat.PANOPTIC)
    (entry,) = json.loads(files["panoptic.json"])["annotations"]
    assert [(one["id"], one["area"], one["bbox"]) for one in entry["segments_info"]] == [
        (1, 4, [2, 0, 2, 2]),
        (3, 4, [0, 0, 2, 2]),
    ]
    assert losses(report) == {"overlap_cut": 2}


def test_every_part_of_a_split_has_its_own_list() -> None:
    files, report = export(dataset_of(*[SHAPES["full"]] * 30), ExportFormat.PANOPTIC, Split(30, 30))
    for part, count in report.parts.items():
        document = json.loads(files[f"panoptic_{part}.json"])
        assert len(document["images"]) == len(document["annotations"]) == count


def test_ids_that_are_no_colour_are_refused() -> None:
    dataset = dataset_of(SHAPES["ring"])
    mask = mask_record(2**24, 1, SHAPES["ring"])
    with pytest.raises(UnprocessableError, match="at most 16777215, got 16777216"):
        export(MemoryDataset(dataset.all_images, (mask,)), ExportFormat.PANOPTIC)
