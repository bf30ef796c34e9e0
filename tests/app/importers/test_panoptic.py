"""COCO panoptic with its PNG images in one archive."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.domain.dataset_import import ForeignMask
from app.importers.panoptic import PanopticReader
from tests.helpers.foreign_archives import numbers, pack, png, read, reasons

LABELS = numbers(n1=(0, 0, 3, 3), n2=(4, 1, 8, 6))
COLORS = np.stack([LABELS, LABELS * 0, LABELS * 0], axis=-1)


def document(*segments: Any, **entry: Any) -> str:
    image = {"id": 3, "file_name": "a.jpg", "height": 6, "width": 8}
    one = {"image_id": 3, "file_name": "a.png", "segments_info": list(segments), **entry}
    categories = [{"id": 7, "name": "cat"}]
    return json.dumps({"images": [image], "categories": categories, "annotations": [one]})


def segment(number: Any, **more: Any) -> dict[str, Any]:
    return {"id": number, "category_id": 7, **more}


def test_segments_get_their_pixels_by_colour(tmp_path: Path) -> None:
    text = document(segment(1, iscrowd=1), segment(2))
    files = {"panoptic_val.json": text, "panoptic_val/a.png": png(COLORS)}
    head, masks = read(PanopticReader(pack(tmp_path / "a.zip", files)))
    found = [mask for mask in masks if isinstance(mask, ForeignMask)]
    assert [(mask.image, mask.category, mask.details) for mask in found] == [
        (3, 7, {"iscrowd": 1}),
        (3, 7, {}),
    ]
    assert head.categories[7].name == "cat"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (document(segment(9)), ["mask_empty"]),
        (document(segment("1")), ["mask_empty"]),
        (document(segment(1, category_id=None)), ["category_missing"]),
        (document("odd"), ["annotation_damaged"]),
        (document(segment(1), image_id=4), ["image_not_listed"]),
        (document(image_id=4), ["image_not_listed"]),
        (document(segment(1), file_name="b.png"), ["map_missing"]),
        (document(segment(1), file_name=5), ["map_missing"]),
        (document(segment(1), segments_info=5), []),
        (document(segment(1), file_name="broken.png"), ["file_damaged"]),
        (document(segment(1), file_name="small.png"), ["size_differs"]),
        (json.dumps({"images": [], "annotations": [5]}), ["image_not_listed"]),
    ],
)
def test_segments_that_give_no_mask_say_why(tmp_path: Path, text: str, codes: list[str]) -> None:
    files: dict[str, bytes | str] = {
        "panoptic.json": text,
        "p/a.png": png(COLORS),
        "p/broken.png": b"no",
        "p/small.png": png(COLORS[:2]),
    }
    assert reasons(read(PanopticReader(pack(tmp_path / "a.zip", files)))[1]) == codes


def test_segments_of_an_unknown_image_are_refused_for_that(tmp_path: Path) -> None:
    files = {"panoptic.json": document(segment(1), segment(2)), "a.png": png(COLORS)}
    reader = PanopticReader(pack(tmp_path / "a.zip", files))
    head = reader.head()
    head.unmatched[3] = "image_unknown"
    assert reasons(list(reader.masks(head))) == ["image_unknown"] * 2
