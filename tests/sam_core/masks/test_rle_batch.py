"""Many codes at once give what each gives alone, and one damaged code harms no other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from sam_core.errors import MaskError
from sam_core.masks.rle import Rle, decode_rle, encode_rle, rle_area, rle_bbox
from sam_core.masks.rle_batch import measure_codes

masks = arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=12))
codes = masks.map(encode_rle)
damaged = st.builds(
    lambda text: Rle(size=[3, 4], counts=text),
    st.text(st.characters(codec="latin-1"), max_size=12) | st.text("0123PQno\\", max_size=12),
)


def measure(*given_codes: Rle) -> list[tuple[bool, bool, int, list[int]]]:
    sizes = np.array([code["size"] for code in given_codes])
    measured = measure_codes([code["counts"] for code in given_codes], sizes)
    return [
        (bool(sound), bool(canonical), int(area), box.tolist())
        for sound, canonical, area, box in zip(*measured, strict=True)
    ]


@given(found=st.lists(codes | damaged, min_size=1, max_size=6))
def test_many_codes_give_what_each_gives_alone(found: list[Rle]) -> None:
    for code, (sound, canonical, area, box) in zip(found, measure(*found), strict=True):
        try:
            mask = decode_rle(code)
        except MaskError:
            assert not sound
            continue
        assert sound
        assert (area, box) == (rle_area(code), rle_bbox(code))
        assert canonical == (encode_rle(mask) == code)


@pytest.mark.parametrize(
    "counts",
    [
        "4401001",  # runs of length zero inside
        "T0:2",  # a number with a character more than it needs
        "",
        "é",
    ],
)
def test_another_spelling_is_not_canonical(counts: str) -> None:
    good = encode_rle(np.eye(3, dtype=np.bool_))
    (_, canonical, *_), (sound, own, *_) = measure(Rle(size=[3, 4], counts=counts), good)
    assert not canonical
    assert sound
    assert own


def test_large_masks_are_measured_exactly() -> None:
    mask = np.zeros((3000, 4000), dtype=np.bool_)
    mask[17:2999, 3:3999] = True
    ((sound, canonical, area, box),) = measure(encode_rle(mask))
    assert sound
    assert canonical
    assert (area, box) == (2982 * 3996, [3, 17, 3996, 2982])
