"""Logits of a crop become those of the image."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sam_core.amg.found_mask import FoundMask
from sam_core.amg.image_logits import OUTSIDE, with_image_logits
from sam_core.masks.run_lengths import mask_to_runs

SIDE, CELLS = 64, 16


def found(crop_xyxy: tuple[int, int, int, int], logits: np.ndarray) -> FoundMask:
    pixels = np.zeros((100, 200), dtype=bool)
    pixels[40:60, 60:90] = True
    return FoundMask(
        runs=mask_to_runs(pixels),
        size=(100, 200),
        box_xyxy=(60, 40, 89, 59),
        predicted_iou=0.9,
        stability_score=0.9,
        point_xy=(75, 50),
        crop_box_xyxy=crop_xyxy,
        logits=logits.astype(np.float16),
    )


def test_each_cell_of_the_image_reads_its_place_in_the_crop() -> None:
    # The crop is 100 pixels wide and 50 high: 64 and 32 of the model, so 16 and 8 cells.
    column = np.tile((np.arange(CELLS) + 0.5) * 100 / CELLS, (CELLS, 1))
    mask = with_image_logits(found((50, 25, 150, 75), column), SIDE)
    assert mask.logits is not None
    # The image's 16 cells are 12.5 pixels wide each; inside the crop they read their own x.
    x = (np.arange(CELLS) + 0.5) * 200 / CELLS
    inside = (x > 50) & (x < 150)
    rows = slice(2, 6)  # cells of 12.5 pixels between 25 and 75
    np.testing.assert_allclose(mask.logits[rows][:, inside], np.tile(x[inside] - 50, (4, 1)), 0.01)
    assert (mask.logits[rows][:, ~inside] == OUTSIDE).all()
    assert (mask.logits[:2] == OUTSIDE).all()
    assert (mask.logits[6:] == OUTSIDE).all()


def test_a_mask_of_the_whole_image_stays() -> None:
    mask = found((0, 0, 200, 100), np.zeros((CELLS, CELLS)))
    assert with_image_logits(mask, SIDE) is mask


def test_a_mask_without_logits_is_refused() -> None:
    mask = replace(found((50, 25, 150, 75), np.zeros((CELLS, CELLS))), logits=None)
    with pytest.raises(ValueError, match="must have logits"):
        with_image_logits(mask, SIDE)
