from __future__ import annotations

import numpy as np

from sam_core.amg.crops import Crop
from sam_core.amg.plain_search import search_plainly
from sam_core.amg.settings import SearchSettings
from tests.helpers.colour_predictor import ColourPredictor, colour_image


def test_masks_of_a_crop_lie_at_their_place_in_the_image() -> None:
    image = colour_image()
    crop = Crop((100, 60, 200, 160), 1)
    predictor = ColourPredictor()
    predictor.set_image(image[60:160, 100:200])
    settings = SearchSettings(pred_iou_thresh=0, stability_score_thresh=0)
    (found, *others) = search_plainly(
        predictor, np.array([[60.0, 60.0]]), crop, image.shape[:2], settings, lambda _share: None
    )
    assert not others
    assert found.box_xyxy == (126, 96, 173, 143)
    assert found.point_xy == (160.0, 120.0)
    np.testing.assert_array_equal(found.pixels, (image == (180, 10, 20)).all(axis=-1))


def test_masks_that_the_crop_cuts_off_go() -> None:
    image = colour_image()
    crop = Crop((100, 80, 160, 160), 1)  # its right edge goes through a disc
    predictor = ColourPredictor()
    predictor.set_image(image[80:160, 100:160])
    settings = SearchSettings(pred_iou_thresh=0, stability_score_thresh=0)
    point = np.array([[50.0, 40.0]])
    assert (
        search_plainly(predictor, point, crop, image.shape[:2], settings, lambda _share: None) == []
    )
