"""Annotations as values."""

from __future__ import annotations

from app.domain.annotation import CocoRle


def test_a_mask_is_written_in_the_order_of_coco() -> None:
    assert CocoRle(2, 3, "06").to_coco() == {"size": [2, 3], "counts": "06"}
