from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pycocotools import mask as coco_mask

from sam_core.masks.rle import encode_rle
from sam_core.masks.run_lengths import compress_runs, mask_to_runs, region_to_runs, runs_to_mask

masks = hnp.arrays(np.bool_, hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=9))


@given(masks)
def test_a_mask_comes_back_from_its_runs(mask: np.ndarray) -> None:
    height, width = mask.shape
    runs = mask_to_runs(mask)
    assert (runs_to_mask(runs, (height, width)) == mask).all()
    assert runs[1::2].sum() == mask.sum()
    assert (runs[1:] > 0).all()


@given(masks)
def test_compressed_runs_are_what_pycocotools_encodes(mask: np.ndarray) -> None:
    height, width = mask.shape
    code = compress_runs(mask_to_runs(mask), (height, width))
    assert code == encode_rle(mask)
    assert (coco_mask.decode({**code, "counts": code["counts"].encode()}) == mask).all()


@given(masks, st.integers(0, 3), st.integers(0, 3), st.integers(0, 2), st.integers(0, 2))
def test_a_region_gives_the_runs_of_the_whole_mask(
    region: np.ndarray, top: int, left: int, below: int, beside: int
) -> None:
    whole = np.pad(region, ((top, below), (left, beside)))
    height, width = whole.shape
    runs = region_to_runs(region, (top, left), (height, width))
    assert runs.tolist() == mask_to_runs(whole).tolist()


def test_a_region_without_columns_is_no_mask() -> None:
    assert region_to_runs(np.zeros((4, 0), dtype=bool), (0, 0), (4, 5)).tolist() == [20]
    assert region_to_runs(np.zeros((1, 0), dtype=bool), (0, 0), (4, 5)).tolist() == [20]
