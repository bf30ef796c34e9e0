"""Masks that come in: measured, canonical, or refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import array_shapes, arrays
from pycocotools import mask as coco_mask

from app.domain.annotation import CocoRle
from app.errors import UnprocessableError
from app.services.exact_mask import check_mask, from_pixels
from sam_core.masks.rle import decode_rle

masks = arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=12))


@given(pixels=masks)
def test_measures_are_those_of_pycocotools(pixels: np.ndarray) -> None:
    mask, measures = from_pixels(pixels)
    code = coco_mask.encode(np.asfortranarray(pixels.astype(np.uint8)))
    assert mask.counts == code["counts"].decode()
    assert measures.area == int(coco_mask.area(code)) == int(pixels.sum())
    assert list(measures.bbox_xywh) == coco_mask.toBbox(code).tolist()


@given(pixels=masks)
def test_a_good_mask_passes_unchanged(pixels: np.ndarray) -> None:
    mask, measures = from_pixels(pixels)
    if measures.area:
        assert check_mask(mask, pixels.shape) == (mask, measures)


def test_runs_of_length_zero_are_taken_out_but_no_pixel_changes() -> None:
    # Runs 1, 1, 0, 1, 1 of a 2 x 2 image: the same pixels as 1, 2, 1.
    odd = CocoRle(2, 2, "11001")
    before = decode_rle(odd.to_coco())
    canonical, measures = check_mask(odd, (2, 2))
    assert np.array_equal(decode_rle(canonical.to_coco()), before)
    assert canonical == from_pixels(before)[0]
    assert measures.area == int(before.sum())


@pytest.mark.parametrize(
    ("mask", "code"),
    [
        (CocoRle(3, 2, "06"), "mask_size_mismatch"),
        (CocoRle(2, 3, "6"), "mask_empty"),
        (CocoRle(2, 3, "07"), "mask_invalid"),
        (CocoRle(2, 3, "05"), "mask_invalid"),
        (CocoRle(2, 3, "0 "), "mask_invalid"),
        (CocoRle(2, 3, ""), "mask_invalid"),
        (CocoRle(2, 3, "oooooooooooooo0"), "mask_invalid"),
        (CocoRle(-2, -3, "06"), "mask_size_mismatch"),
        (CocoRle(2, 3, "0" * 29), "mask_invalid"),
    ],
)
def test_a_bad_mask_is_refused(mask: CocoRle, code: str) -> None:
    with pytest.raises(UnprocessableError) as caught:
        check_mask(mask, (2, 3))
    assert caught.value.code == code
