"""A small COCO data set on disk."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as coco_mask


@pytest.fixture
def coco_folder(tmp_path: Path) -> Path:
    """A folder with two 60 x 40 photographs and masks in all three COCO encodings."""
    (tmp_path / "images").mkdir()
    rng = np.random.default_rng(3)
    for name in ("a.png", "b.png"):
        pixels = rng.integers(0, 255, (40, 60, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(tmp_path / "images" / name)
    (tmp_path / "annotations.json").write_text(json.dumps(_document()))
    return tmp_path


def _document() -> dict[str, Any]:
    square = np.zeros((40, 60), dtype=np.uint8)
    square[10:30, 20:50] = 1
    encoded = coco_mask.encode(np.asfortranarray(square))
    compressed = {"size": [40, 60], "counts": encoded["counts"].decode()}
    uncompressed = {"size": [40, 60], "counts": [10 * 40, 5 * 40, 45 * 40]}
    polygon = [[5.0, 5.0, 25.0, 5.0, 25.0, 25.0, 5.0, 25.0]]
    segmentations = [(1, compressed), (1, polygon), (2, uncompressed), (2, compressed)]
    return {
        "images": [
            {"id": 1, "file_name": "a.png", "height": 40, "width": 60, "source": "first"},
            {"id": 2, "file_name": "b.png", "height": 40, "width": 60},
            {"id": 3, "file_name": "c.png", "height": 40, "width": 60},
        ],
        "annotations": [
            {"id": number, "image_id": image, "segmentation": segmentation, "iscrowd": 0}
            for number, (image, segmentation) in enumerate(segmentations, start=1)
        ]
        + [{"id": 9, "image_id": 3, "segmentation": compressed, "iscrowd": 1}],
    }
