"""A folder of pictures with exact masks, as the benchmarks of learning read it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sam_core.masks.rle import encode_rle, rle_area, rle_bbox

IMAGES = "images"
ANNOTATIONS = "annotations.json"


class CocoFolder:
    """Writes ``images/*.png`` and ``annotations.json``.

    Args:
        folder: Made if it is missing.
        kinds: Names of what masks show; their numbers begin with 1.
    """

    def __init__(self, folder: Path, kinds: Sequence[str]) -> None:
        self._folder = folder
        self._kinds = list(kinds)
        self._images: list[dict[str, Any]] = []
        self._annotations: list[dict[str, Any]] = []
        (folder / IMAGES).mkdir(parents=True, exist_ok=True)

    @property
    def mask_count(self) -> int:
        """Masks that were added."""
        return len(self._annotations)

    def add(
        self,
        name: str,
        pixels: NDArray[np.uint8],
        masks: Sequence[tuple[str, NDArray[np.bool_]]],
    ) -> None:
        """Keep a picture.

        Args:
            name: Of its file, without ending.
            pixels: (height, width, 3) RGB.
            masks: The kind of each, and (height, width) where it is.
        """
        file_name = f"{name}.png"
        Image.fromarray(pixels).save(self._folder / IMAGES / file_name)
        height, width = pixels.shape[:2]
        image_id = len(self._images) + 1
        self._images.append(
            {"id": image_id, "file_name": file_name, "width": width, "height": height}
        )
        for kind, mask in masks:
            code = encode_rle(mask)
            self._annotations.append(
                {
                    "id": len(self._annotations) + 1,
                    "image_id": image_id,
                    "category_id": self._kinds.index(kind) + 1,
                    "segmentation": code,
                    "area": rle_area(code),
                    "bbox": rle_bbox(code),
                    "iscrowd": 0,
                }
            )

    def write(self) -> None:
        """Write the file of the masks."""
        numbered = enumerate(self._kinds, start=1)
        content = {
            "images": self._images,
            "annotations": self._annotations,
            "categories": [{"id": number, "name": name} for number, name in numbered],
        }
        (self._folder / ANNOTATIONS).write_text(json.dumps(content), encoding="utf-8")
