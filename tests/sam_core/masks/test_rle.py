from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pycocotools import mask as coco_mask

from sam_core.errors import MaskError
from sam_core.masks.rle import decode_rle, encode_rle, rle_area, rle_bbox, sample_rle

masks = hnp.arrays(np.bool_, hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=40))


def drawn(name: str) -> np.ndarray:
    mask = np.zeros((37, 53), dtype=bool)
    if name == "ring":
        mask[5:30, 8:40] = True
        mask[12:20, 15:30] = False
    elif name == "two parts":
        mask[2:9, 3:11] = mask[20:33, 30:50] = True
    elif name == "one pixel":
        mask[36, 52] = True
    elif name == "border":
        mask[[0, -1]] = mask[:, [0, -1]] = True
    elif name == "full":
        mask[:] = True
    return mask


SHAPES = ["ring", "two parts", "one pixel", "border", "full", "empty"]


@given(masks, st.data())
def test_samples_are_those_of_the_decoded_mask(mask: np.ndarray, data: st.DataObject) -> None:
    height, width = mask.shape
    rows = np.array(data.draw(st.lists(st.integers(0, height - 1), max_size=5)), dtype=np.intp)
    columns = np.array(data.draw(st.lists(st.integers(0, width - 1), max_size=5)), dtype=np.intp)
    assert (sample_rle(encode_rle(mask), rows, columns) == mask[np.ix_(rows, columns)]).all()


@given(masks)
def test_nothing_is_lost(mask: np.ndarray) -> None:
    assert (decode_rle(encode_rle(mask)) == mask).all()


@given(masks)
def test_area_and_box_are_those_of_pycocotools(mask: np.ndarray) -> None:
    rle = encode_rle(mask)
    coco = {"size": rle["size"], "counts": rle["counts"].encode()}
    assert rle_area(rle) == int(coco_mask.area(coco)) == int(mask.sum())
    assert rle_bbox(rle) == coco_mask.toBbox(coco).tolist()


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # of pycocotools
@pytest.mark.parametrize("name", SHAPES)
def test_decoder_against_pycocotools(name: str) -> None:
    rle = encode_rle(drawn(name))
    coco = {"size": rle["size"], "counts": rle["counts"].encode()}
    assert (decode_rle(rle) == coco_mask.decode(coco).astype(bool)).all()


def test_large_noisy_mask_survives() -> None:
    mask = np.random.default_rng(0).random((700, 900)) < 0.5
    assert (decode_rle(encode_rle(mask)) == mask).all()


@pytest.mark.parametrize(
    ("rle", "message"),
    [
        ({"counts": "6"}, r"rle size must be two positive integers \(height, width\), got None"),
        ({"size": [2], "counts": "6"}, "rle size must be two positive integers"),
        ({"size": [0, 3], "counts": "6"}, "rle size must be two positive integers"),
        ({"size": [2.0, 3], "counts": "6"}, "rle size must be two positive integers"),
        ({"size": [2, 3]}, "rle counts must be a compressed COCO text, got NoneType"),
        ({"size": [2, 3], "counts": [6]}, "rle counts must be a compressed COCO text, got list"),
        ({"size": [2, 3], "counts": "7"}, "must add up to 2 x 3 = 6 pixels, got 7"),
        ({"size": [2, 3], "counts": ""}, "must add up to 2 x 3 = 6 pixels, got 0"),
        ({"size": [2, 3], "counts": "P"}, "must end with a complete number"),
        ({"size": [2, 3], "counts": "~"}, "must hold only the characters '0' to 'o'"),
        ({"size": [2, 3], "counts": "ä"}, "must hold only the characters '0' to 'o'"),
        ({"size": [2, 3], "counts": "7O"}, "rle runs must not be negative"),
        ({"size": [2, 3], "counts": "PPPPPPPPPP0"}, r"must hold runs below 2\*\*31"),
    ],
)
def test_damaged_code_is_refused_before_pixels_are_made(rle: dict[str, Any], message: str) -> None:
    for function in (decode_rle, rle_area, rle_bbox):
        with pytest.raises(MaskError, match=message):
            function(rle)


def test_runs_whose_sum_overflows_are_refused() -> None:
    growing = "PPPPPP8" * 100_000  # every run is 2**33 longer than the one two before
    with pytest.raises(MaskError, match=r"must hold runs below 2\*\*31"):
        decode_rle({"size": [2, 3], "counts": growing})


@given(st.text(alphabet=[chr(code) for code in range(48, 112)], max_size=40))
def test_any_text_of_the_alphabet_is_decoded_or_refused(counts: str) -> None:
    try:
        mask = decode_rle({"size": [4, 5], "counts": counts})
    except MaskError:
        return
    assert mask.shape == (4, 5)
