"""The masks of the benchmark are of many kinds, and none is empty."""

from __future__ import annotations

from bench.format_store import HEIGHT, WIDTH, awkward_masks, smooth_masks


def test_no_mask_is_empty() -> None:
    for mask in (*smooth_masks(5), *awkward_masks(20)):
        assert mask.shape == (HEIGHT, WIDTH)
        assert mask.any()
