"""Cells of a detector become boxes in the image."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from sam_core.amg.object_boxes import find_object_boxes
from sam_core.modeling import ImageFeatures, ObjectDetector
from sam_core.modeling.object_detector import Detections

FEATURES = ImageFeatures(torch.zeros(1, 1, 4, 4), ())


class Saying(ObjectDetector):
    """Says what it was told to."""

    def __init__(self, objects: dict[tuple[int, int], tuple[float, list[float]]]) -> None:
        super().__init__(1, 0, 1)
        self.centres, self.edges = torch.full((1, 1, 8, 8), -9.0), torch.ones(1, 1, 4, 8, 8)
        for (row, column), (logit, edges) in objects.items():
            self.centres[0, 0, row, column] = logit
            self.edges[0, 0, :, row, column] = torch.tensor(edges)

    def forward(self, features: ImageFeatures) -> Detections:
        centres: Tensor = self.centres
        return Detections(centres, self.edges)


def test_boxes_are_in_pixels_of_the_image_and_end_at_its_edges() -> None:
    detector = Saying({(1, 1): (3.0, [4, 4, 4, 4]), (3, 6): (1.0, [8, 8, 30, 8])})
    found = find_object_boxes(detector, FEATURES, (64, 128), 64)
    # The image is 128 pixels wide in 64 of the model: each model pixel is two of the image.
    np.testing.assert_allclose(found.boxes_xyxy, [[16, 16, 32, 32], [88, 40, 128, 64]])
    assert found.sureness[0] > found.sureness[1]


def test_a_cell_beside_a_surer_one_is_no_object() -> None:
    detector = Saying({(2, 2): (2.0, [4.0] * 4), (2, 3): (1.0, [4.0] * 4)})
    assert len(find_object_boxes(detector, FEATURES, (64, 64), 64).boxes_xyxy) == 1


def test_of_boxes_that_overlap_much_the_surest_stays() -> None:
    detector = Saying({(2, 2): (1.0, [20, 20, 20, 20]), (2, 4): (2.0, [36, 20, 4, 20])})
    found = find_object_boxes(detector, FEATURES, (64, 64), 64)
    np.testing.assert_allclose(found.boxes_xyxy, [[0, 0, 40, 40]])


def test_a_cell_may_be_the_middle_of_a_small_and_of_a_large_object() -> None:
    detector = Saying({(3, 3): (2.0, [4.0] * 4)})
    centres = torch.cat([detector.centres, detector.centres], dim=1)
    edges = torch.cat([detector.edges, 6 * detector.edges], dim=1)
    detector.centres, detector.edges = centres, edges
    found = find_object_boxes(detector, FEATURES, (64, 64), 64)
    np.testing.assert_allclose(
        sorted(found.boxes_xyxy.tolist()), [[4, 4, 52, 52], [24, 24, 32, 32]]
    )


def test_no_more_boxes_than_wanted() -> None:
    detector = Saying({(1, 1): (1.0, [4.0] * 4), (5, 5): (2.0, [4.0] * 4)})
    found = find_object_boxes(detector, FEATURES, (64, 64), 64, most=1)
    np.testing.assert_allclose(found.boxes_xyxy, [[40, 40, 48, 48]])


def test_nothing_is_found_where_nothing_is() -> None:
    assert find_object_boxes(Saying({}), FEATURES, (64, 64), 64).boxes_xyxy.shape == (0, 4)
