"""LabelMe files: exact masks in the box of the object."""

from __future__ import annotations

import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from app.domain.export import ExportFormat
from tests.helpers.datasets import SHAPES, MemoryDataset, dataset_of
from tests.helpers.export_archives import export, losses


@pytest.mark.parametrize("shape", SHAPES)
def test_masks_are_exact(shape: str) -> None:
    files, report = export(dataset_of(SHAPES[shape]), ExportFormat.LABELME)
    document = json.loads(files["Käse 奶酪 1.json"])
    (found,) = document["shapes"]
    with Image.open(io.BytesIO(base64.b64decode(found["mask"]))) as picture:
        crop = np.asarray(picture).astype(np.bool_)
    (left, top), (right, bottom) = found["points"]
    mask = np.zeros_like(SHAPES[shape])
    mask[top : bottom + 1, left : right + 1] = crop
    assert np.array_equal(mask, SHAPES[shape])
    assert (found["shape_type"], found["label"], report.losses) == ("mask", "object", [])
    assert (document["imagePath"], document["imageData"]) == ("Käse 奶酪 1.jpg", None)


def test_what_labelme_cannot_hold_is_reported() -> None:
    dataset = dataset_of(SHAPES["full"])
    mask = dataset.all_masks[0]._replace(
        is_crowd=True, attributes_json='{"wet": true}', group_id=4, notes="look"
    )
    files, report = export(MemoryDataset(dataset.all_images, (mask,)), ExportFormat.LABELME)
    (found,) = json.loads(files["Käse 奶酪 1.json"])["shapes"]
    assert (found["group_id"], found["description"]) == (4, "look")
    assert losses(report) == {"crowd_lost": 1, "attributes_lost": 1}
    assert files["labels.txt"].decode() == "object\nGröße ñ 👍\n"
