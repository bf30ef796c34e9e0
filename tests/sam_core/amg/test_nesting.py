from __future__ import annotations

import numpy as np

from sam_core.amg.nesting import find_parents
from sam_core.masks.rle import Rle, encode_rle


def square(first: int, last: int) -> Rle:
    mask = np.zeros((40, 40), dtype=bool)
    mask[first:last, first:last] = True
    return encode_rle(mask)


def test_the_parent_is_the_smallest_mask_around() -> None:
    masks = [square(10, 15), square(0, 30), square(5, 20), square(32, 40)]
    assert find_parents(masks) == [2, None, 1, None]


def test_a_part_may_stick_out_a_little() -> None:
    assert find_parents([square(0, 10), square(1, 30)], least_share=0.8) == [1, None]
    assert find_parents([square(0, 10), square(1, 30)], least_share=0.9) == [None, None]


def test_equal_masks_are_not_parts_of_each_other() -> None:
    assert find_parents([square(0, 9), square(0, 9)]) == [None, None]


def test_hundreds_of_masks_have_parents_too() -> None:
    assert find_parents([square(0, 30), *[square(5, 20)] * 299]) == [None, *[0] * 299]


def test_nothing_has_no_parents() -> None:
    assert find_parents([]) == []
