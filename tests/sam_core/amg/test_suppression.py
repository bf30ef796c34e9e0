from __future__ import annotations

import numpy as np

from sam_core.amg.suppression import suppress_boxes, suppress_masks


def test_the_better_of_two_equal_boxes_stays() -> None:
    boxes = np.array([[0.0, 0, 4, 4], [0, 0, 4, 4], [10, 0, 14, 4]])
    assert suppress_boxes(boxes, np.array([0.5, 0.9, 0.7]), 0.7).tolist() == [1, 2]


def test_of_equal_scores_the_first_stays() -> None:
    boxes = np.array([[0.0, 0, 4, 4]] * 3)
    assert suppress_boxes(boxes, np.ones(3), 0.7).tolist() == [0]


def test_a_box_that_was_suppressed_suppresses_nothing() -> None:
    boxes = np.array([[0.0, 0, 10, 10], [2, 0, 12, 10], [4, 0, 14, 10]])
    assert suppress_boxes(boxes, np.array([3.0, 2, 1]), 0.6).tolist() == [0, 2]


def test_an_overlap_of_just_the_threshold_is_allowed() -> None:
    boxes = np.array([[0.0, 0, 10, 10], [0, 0, 10, 5]])
    assert len(suppress_boxes(boxes, np.ones(2), 0.5)) == 2
    assert len(suppress_boxes(boxes, np.ones(2), 0.49)) == 1


def test_boxes_without_extent_suppress_nothing() -> None:
    assert len(suppress_boxes(np.zeros((3, 4)), np.ones(3), 0.7)) == 3


def test_nothing_in_nothing_out() -> None:
    assert suppress_boxes(np.zeros((0, 4)), np.zeros(0), 0.7).tolist() == []
    assert suppress_masks(np.zeros((0, 2, 2), dtype=bool), np.zeros(0), 0.7).tolist() == []


def test_crossing_bars_share_a_box_but_not_their_pixels() -> None:
    diagonal = np.eye(6, dtype=bool)
    masks = np.stack([diagonal, diagonal[::-1], diagonal])
    assert suppress_masks(masks, np.array([0.9, 0.8, 0.7]), 0.5).tolist() == [0, 1]
