from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sam_core.masks.boxes import tight_boxes_xyxy, xywh_to_xyxy, xyxy_to_xywh

boxes = hnp.arrays(np.float64, (3, 4), elements=st.integers(-1000, 1000).map(float))
masks = hnp.arrays(np.bool_, hnp.array_shapes(min_dims=2, max_dims=3, min_side=1, max_side=9))


@given(boxes)
def test_orders_convert_there_and_back(boxes_xyxy: np.ndarray) -> None:
    assert (xywh_to_xyxy(xyxy_to_xywh(boxes_xyxy)) == boxes_xyxy).all()


@given(masks)
def test_tight_box_holds_the_object_and_touches_it_on_all_sides(many: np.ndarray) -> None:
    stack = many.reshape(-1, *many.shape[-2:])
    for mask, (left, top, right, bottom) in zip(stack, tight_boxes_xyxy(stack), strict=True):
        inside = mask[top:bottom, left:right]
        assert inside.sum() == mask.sum()
        if mask.any():
            assert inside[0].any()
            assert inside[-1].any()
            assert inside[:, 0].any()
            assert inside[:, -1].any()


def test_empty_mask_gives_zeros_and_others_are_not_disturbed() -> None:
    stack = np.zeros((2, 3, 4), dtype=bool)
    stack[1] = True
    assert tight_boxes_xyxy(stack).tolist() == [[0, 0, 0, 0], [0, 0, 4, 3]]
