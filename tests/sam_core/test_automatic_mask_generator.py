"""The generator with small networks: what it returns, in which form, and what it refuses.

That its records are the published ones is tested in ``tests/parity/test_published_masks.py``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sam_core import SamAutomaticMaskGenerator
from sam_core.errors import ImageError, PromptError
from sam_core.masks.rle import decode_rle
from sam_core.masks.run_lengths import runs_to_mask
from tests.helpers.builders import noise_image, tiny_hybrid_sam, tiny_sam
from tests.helpers.colour_predictor import ColourPredictor, colour_image

ALL_PASS: dict[str, Any] = {
    "points_per_side": 3,
    "pred_iou_thresh": 0,
    "stability_score_thresh": 0,
}


def colours(**arguments: Any) -> SamAutomaticMaskGenerator:
    generator = SamAutomaticMaskGenerator(tiny_sam(), method="plain", **(ALL_PASS | arguments))
    generator.predictor = ColourPredictor()
    return generator


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
def test_masks_of_a_network_fill_the_record(build: Any) -> None:
    image = noise_image(30, 44)
    records = SamAutomaticMaskGenerator(build(), **ALL_PASS).generate(image)
    assert records
    for record in records:
        mask = record["segmentation"]
        assert isinstance(mask, np.ndarray)
        assert mask.shape == (30, 44)
        assert record["area"] == mask.sum()
        assert 0 <= record["stability_score"] <= 1
        assert record["crop_box"] == [0, 0, 44, 30]
    scores = [record["predicted_iou"] for record in records]
    assert scores == sorted(scores, reverse=True)


def test_the_three_output_modes_hold_the_same_masks() -> None:
    decoded: dict[str, list[NDArray[np.bool_]]] = {
        "binary_mask": [r["segmentation"] for r in colours().generate(colour_image())],
        "coco_rle": [
            decode_rle(record["segmentation"])
            for record in colours(output_mode="coco_rle").generate(colour_image())
        ],
        "uncompressed_rle": [
            runs_to_mask(np.array(record["segmentation"]["counts"]), (160, 200))
            for record in colours(output_mode="uncompressed_rle").generate(colour_image())
        ],
    }
    for others in decoded.values():
        for one, other in zip(decoded["binary_mask"], others, strict=True):
            np.testing.assert_array_equal(one, other)


def test_the_point_of_a_mask_lies_in_it() -> None:
    for record in colours().generate(colour_image()):
        (x, y), *others = record["point_coords"]
        assert not others
        assert record["segmentation"][int(y), int(x)]


def test_no_mask_passes_filters_that_nothing_can_pass() -> None:
    assert colours(pred_iou_thresh=1.0).generate(colour_image()) == []
    assert colours(pred_iou_thresh=1.0, min_mask_region_area=5).generate(colour_image()) == []


def test_own_grids_are_asked_instead() -> None:
    grid = np.array([[0.25, 0.25]])
    records = colours(points_per_side=None, point_grids=[grid]).generate(colour_image())
    assert {tuple(record["point_coords"][0]) for record in records} == {(50.0, 40.0)}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"point_grids": [np.zeros((1, 2))]}, "got both"),
        ({"points_per_side": None}, "got neither"),
        ({"points_per_side": 0}, "at least 1, got 0"),
        ({"points_per_batch": 0}, "points_per_batch must be at least 1"),
        ({"crop_n_layers": -1}, "crop_n_layers must be 0 or more"),
        ({"method": "quick"}, "method must be fast or plain, got 'quick'"),
        ({"most_masks": 0}, "most_masks must be at least 1"),
        ({"suppress_by": "area"}, "suppress_by must be box or mask"),
        ({"method": "plain", "suppress_by": "mask"}, "use the fast method"),
        ({"output_mode": "polygons"}, "output_mode must be one of binary_mask"),
        (
            {"points_per_side": None, "point_grids": [np.zeros((1, 2))], "crop_n_layers": 1},
            "each of 1 layers",
        ),
    ],
)
def test_arguments_that_do_not_fit_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(PromptError, match=message):
        SamAutomaticMaskGenerator(tiny_sam(), **(ALL_PASS | arguments))


def test_what_is_no_image_is_refused() -> None:
    with pytest.raises(ImageError, match="shape"):
        SamAutomaticMaskGenerator(tiny_sam(), **ALL_PASS).generate(np.zeros((4, 4), np.uint8))
