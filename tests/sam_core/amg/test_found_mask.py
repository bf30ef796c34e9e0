from __future__ import annotations

import numpy as np

from sam_core.amg.found_mask import FoundMask
from sam_core.masks.rle import decode_rle
from sam_core.masks.run_lengths import mask_to_runs


def corner() -> FoundMask:
    pixels = np.zeros((4, 6), dtype=bool)
    pixels[1:3, 2:5] = True
    return FoundMask(
        runs=mask_to_runs(pixels),
        size=(4, 6),
        box_xyxy=(2, 1, 4, 2),
        predicted_iou=0.9,
        stability_score=0.95,
        point_xy=(3.5, 1.5),
        crop_box_xyxy=(0, 0, 6, 4),
    )


def test_a_box_ends_with_the_last_pixel() -> None:
    record = corner().to_record("binary_mask")
    assert record["bbox"] == [2, 1, 2, 1]
    assert record["crop_box"] == [0, 0, 6, 4]
    assert record["area"] == 6


def test_every_form_of_the_mask_is_the_same_mask() -> None:
    mask = corner()
    assert mask.pixels.sum() == 6
    code = mask.to_record("coco_rle")["segmentation"]
    assert isinstance(code, dict)
    np.testing.assert_array_equal(decode_rle(code), mask.pixels)
    plain = mask.to_record("uncompressed_rle")["segmentation"]
    assert plain == {"size": [4, 6], "counts": [9, 2, 2, 2, 2, 2, 5]}
