"""Features and boxes change sides together, as far as the image reaches."""

from __future__ import annotations

import numpy as np
import torch

from sam_core.modeling import ImageFeatures
from sam_core.training.mirrored_features import mirrored, mirrored_boxes


def columns(side: int) -> torch.Tensor:
    """Return features that say in which column they lie, (1, 1, side, side)."""
    return torch.arange(side).float().expand(1, 1, side, side)


FEATURES = ImageFeatures(columns(4), (columns(16), columns(8)))


def test_what_the_image_covers_is_mirrored_and_padding_stays() -> None:
    # 30 pixels wide, 40 high: 48 of 64 model pixels.
    turned = mirrored(FEATURES, (40, 30), 64)
    assert turned is not None
    features, width = turned
    assert features.image_embeddings[0, 0, 0].tolist() == [2, 1, 0, 3]
    assert features.high_res_features[1][0, 0, 0].tolist() == [5, 4, 3, 2, 1, 0, 6, 7]
    assert width == 48
    boxes = np.array([[0.0, 4, 10, 20]])
    assert mirrored_boxes(boxes, width).tolist() == [[38, 4, 48, 20]]
    assert boxes.tolist() == [[0, 4, 10, 20]]


def test_an_image_that_ends_within_a_cell_is_not_mirrored() -> None:
    assert mirrored(FEATURES, (40, 33), 64) is None
