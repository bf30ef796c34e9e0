from __future__ import annotations

import numpy as np

from sam_core.amg.crops import generate_crops, touches_inner_edge

SIZE = (600, 900)


def test_no_layers_give_the_image_alone() -> None:
    (crop,) = generate_crops(SIZE, 0, 0.3)
    assert crop.box_xyxy == (0, 0, 900, 600)
    assert crop.area == 540_000


def test_crops_of_a_layer_cover_the_image_and_overlap() -> None:
    covered = np.zeros(SIZE, dtype=int)
    crops = generate_crops(SIZE, 2, 512 / 1500)
    assert [crop.layer for crop in crops] == [0] + [1] * 4 + [2] * 16
    for crop in crops[5:]:
        left, top, right, bottom = crop.box_xyxy
        assert left >= 0
        assert top >= 0
        covered[top:bottom, left:right] += 1
    assert covered.min() >= 1
    assert covered.max() == 4


def test_only_edges_inside_the_image_count() -> None:
    crop = generate_crops(SIZE, 1, 0.2)[1]  # the upper left one
    right = crop.box_xyxy[2]
    boxes = np.array(
        [
            [0.0, 0.0, 100.0, 100.0],  # at the edges of the image
            [100.0, 100.0, right - 1.0, 200.0],  # cut off by the crop
            [100.0, 100.0, right - 30.0, 200.0],  # well inside
        ]
    )
    assert touches_inner_edge(boxes, crop, SIZE).tolist() == [False, True, False]
