"""A mask of a dataset knows its two forms in COCO."""

from __future__ import annotations

from app.domain.dataset import DatasetMask


def test_a_mask_gives_its_code_and_its_box() -> None:
    mask = DatasetMask(1, 2, 3, 32, 48, "abc", 120, 5, 4, 15, 8, False)
    assert mask.coco_rle == {"size": [32, 48], "counts": "abc"}
    assert mask.bbox_xywh == [5, 4, 15, 8]
