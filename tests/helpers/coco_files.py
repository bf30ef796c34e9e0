"""Foreign COCO files, written the way other programs write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from sam_core.masks.rle import encode_rle
from sam_core.masks.run_lengths import mask_to_runs

HEIGHT, WIDTH = 32, 48


def rectangle(left: int, top: int, right: int, bottom: int) -> np.ndarray:
    pixels = np.zeros((HEIGHT, WIDTH), dtype=np.bool_)
    pixels[top:bottom, left:right] = True
    return pixels


def compressed(pixels: np.ndarray) -> dict[str, Any]:
    return dict(encode_rle(pixels))


def uncompressed(pixels: np.ndarray) -> dict[str, Any]:
    return {"size": list(pixels.shape), "counts": mask_to_runs(pixels).tolist()}


def coco(*annotations: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a document with one image, ``photo.jpg``, and one class, ``cat``."""
    image = {"id": 0, "file_name": "photo.jpg", "width": WIDTH, "height": HEIGHT}
    return {
        "images": [image],
        "categories": [{"id": 0, "name": "cat", "supercategory": "animal"}],
        "annotations": list(annotations),
        **more,
    }


def annotation(segmentation: Any, **more: Any) -> dict[str, Any]:
    return {"id": 0, "image_id": 0, "category_id": 0, "segmentation": segmentation, **more}


def write(path: Path, document: Any) -> Path:
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
