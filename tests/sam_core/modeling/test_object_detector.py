"""The detector's head fits the features of every encoder."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from sam_core.modeling import ImageFeatures, Sam
from sam_core.modeling.object_detector import FIRST_SHARE, detector_for
from tests.helpers.builders import tiny_hybrid_sam, tiny_sam


def encoded(sam: Sam) -> ImageFeatures:
    with torch.no_grad():
        return sam.encode_image(torch.zeros(2, 3, sam.image_size, sam.image_size))


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
def test_every_encoder_gets_cells_of_eight_pixels(build: Callable[[], Sam]) -> None:
    features = encoded(build())
    dims = tuple(level.shape[1] for level in features.high_res_features)
    detector = detector_for(features.image_embeddings.shape[1], dims, levels=3)
    centres, edges = detector(features)
    assert centres.shape == (2, 3, 8, 8)
    assert edges.shape == (2, 3, 4, 8, 8)
    assert (edges > 0).all()


def test_an_untrained_detector_believes_in_few_objects() -> None:
    features = ImageFeatures(torch.zeros(1, 4, 2, 2), ())
    said = detector_for(4, (), levels=3)(features)
    assert said.centres.sigmoid().max() < 10 * FIRST_SHARE


def test_the_expected_iou_is_told_from_what_both_say() -> None:
    detector = detector_for(4, ())
    detector.calibration = torch.tensor([0.1, 0.2, 0.6])
    expected = detector.expected_iou(torch.tensor([0.5, 1.0]), torch.tensor([0.5, 3.0]))
    assert expected.tolist() == pytest.approx([0.5, 1.0])
