"""What a detector shall say of objects at known places."""

from __future__ import annotations

import numpy as np
import pytest

from sam_core.training.detection_targets import boxes_to_model, detection_targets


def test_the_cell_of_a_centre_is_hot_and_knows_the_edges() -> None:
    targets = detection_targets(np.array([[8.0, 16.0, 40.0, 40.0]]), 64)
    heat, edges, weight = (part[0] for part in targets)
    assert heat.shape == (8, 8)
    assert (heat == 1).nonzero().tolist() == [[3, 3]]  # the middle is x 24, y 28
    assert edges[:, 3, 3].tolist() == [28 - 8, 28 - 16, 40 - 28, 40 - 28]
    assert heat[3, 4] < 1
    assert weight.sum() == 1
    assert weight[0, 0] == 0


def test_every_object_counts_as_much_as_any_other() -> None:
    boxes = np.array([[0.0, 0.0, 40.0, 40.0], [48.0, 48.0, 56.0, 56.0]])
    weight = detection_targets(boxes, 64).weight[0]
    assert weight[:5, :5].sum() == 1
    assert weight[6:, 6:].sum() == 1


def test_cells_belong_to_the_smallest_object_around_them() -> None:
    boxes = np.array([[24.0, 24.0, 32.0, 32.0], [0.0, 0.0, 56.0, 56.0]])
    edges = detection_targets(boxes, 64).edges[0]
    assert edges[:, 3, 3].tolist() == [4, 4, 4, 4]


def test_objects_of_other_sizes_have_levels_of_their_own() -> None:
    boxes = np.array([[24.0, 24.0, 32.0, 32.0], [0.0, 0.0, 60.0, 60.0], [0.0, 0.0, 128.0, 128.0]])
    targets = detection_targets(boxes, 128, levels=3)
    assert targets.weight.sum(dim=(1, 2)).tolist() == pytest.approx([1, 1, 1])
    assert targets.edges[:, :, 3, 3].tolist()[0] == [4, 4, 4, 4]
    assert targets.edges[1, :, 3, 3].tolist() == [28, 28, 32, 32]
    assert (targets.heat[2] == 1).nonzero().tolist() == [[8, 8]]


def test_an_object_at_the_far_edge_has_a_cell() -> None:
    heat = detection_targets(np.array([[63.0, 63.0, 64.0, 64.0]]), 64).heat[0]
    assert heat[7, 7] == 1


def test_boxes_are_scaled_and_empty_ones_left_out() -> None:
    boxes = [np.array([10, 20, 30, 40]), np.array([5, 5, 5, 9])]
    assert boxes_to_model(boxes, (64, 128), 64).tolist() == [[5, 10, 15, 20]]
    assert boxes_to_model([], (64, 128), 64).shape == (0, 4)
