from __future__ import annotations

import pytest
import torch

from sam_core.amg.low_res import find_boxes, stability_scores


def test_stability_compares_a_strict_and_a_generous_mask() -> None:
    logits = torch.tensor([[[2.0, 0.5], [-0.5, -2.0]], [[-9.0, -9.0], [-9.0, -9.0]]])
    assert stability_scores(logits, 0.0, 1.0).tolist() == pytest.approx([1 / 3, 0.0])
    assert stability_scores(logits, 0.0, 0.25).tolist() == [1.0, 0.0]


def test_an_edge_lies_where_the_logits_reach_the_threshold() -> None:
    logits = torch.full((1, 5, 7), -3.0)
    logits[0, 2, 3] = 1.0  # reaches zero a quarter of a cell from its centre on all sides
    assert find_boxes(logits, 0.0).tolist() == [[3.25, 2.25, 3.75, 2.75]]
    assert find_boxes(logits, -1.0).tolist() == [[3.0, 2.0, 4.0, 3.0]]


def test_a_mask_at_the_border_ends_with_the_image() -> None:
    logits = torch.full((1, 4, 6), -1.0)
    logits[0, 0:2, 4:6] = 1.0
    assert find_boxes(logits, 0.0).tolist() == [[4.0, 0.0, 6.0, 2.0]]
    assert find_boxes(torch.ones(1, 4, 6), 0.0).tolist() == [[0.0, 0.0, 6.0, 4.0]]


def test_an_empty_mask_has_no_box() -> None:
    assert find_boxes(torch.full((1, 4, 6), -1.0), 0.0).tolist() == [[0, 0, 0, 0]]


def test_no_masks_have_no_boxes() -> None:
    assert find_boxes(torch.zeros(0, 4, 6), 0.0).shape == (0, 4)
