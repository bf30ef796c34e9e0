"""Masks that are clicked together get the clicks and answers that they get one by one."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sam_core.data import CocoMaskDataset
from sam_core.data.records import ImageRecord, read_image
from sam_core.modeling import Sam
from sam_core.training import clicks_together
from sam_core.training.clicks_together import ClickedMask, click_masks, clicks_needed
from sam_core.training.evaluator import score_mask, usable_masks
from sam_core.training.image_under_test import ImageUnderTest
from sam_core.training.simulated_clicks import Mask

ENOUGH_OF_NOTHING = 2.0


@pytest.fixture
def record(disk_dataset: CocoMaskDataset) -> ImageRecord:
    return disk_dataset[0]


@pytest.fixture
def image(record: ImageRecord, small_sam: Sam) -> ImageUnderTest:
    return ImageUnderTest(small_sam.eval(), read_image(record))


@pytest.fixture
def truths(record: ImageRecord) -> list[Mask]:
    mask = next(usable_masks(record, 1, []))
    return [mask, mask[::-1].copy(), mask[:, ::-1].copy()]


@pytest.mark.parametrize("together", [1, 2, 16])
def test_they_are_clicked_as_one_by_one(
    record: ImageRecord,
    image: ImageUnderTest,
    truths: list[Mask],
    together: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clicks_together, "MOST_TOGETHER", together)
    found = click_masks(image, truths, 4, ENOUGH_OF_NOTHING)
    with torch.no_grad():
        alone = [score_mask(image, truth, record, 4) for truth in truths]
    for one, other in zip(found, alone, strict=True):
        assert one.ious == pytest.approx(other.click_ious[: len(one.ious)], abs=1e-3)
        assert one.predicted_iou == pytest.approx(max(other.predicted_ious), abs=1e-4)


def test_a_mask_that_is_good_enough_gets_no_further_click(
    image: ImageUnderTest, truths: list[Mask]
) -> None:
    found = click_masks(image, truths, 5, 0.0)
    assert [len(one.clicks) for one in found] == [1, 1, 1]
    assert [len(one.ious) for one in found] == [1, 1, 1]


def test_an_offered_mask_is_corrected_and_not_begun_anew(
    image: ImageUnderTest, truths: list[Mask]
) -> None:
    everything = torch.full((3, *image.sam.prompt_encoder.mask_input_size), 5.0)
    found = click_masks(image, truths, 3, ENOUGH_OF_NOTHING, everything)
    assert [one.clicks[0].is_foreground for one in found] == [False, False, False]
    assert all(len(one.clicks) == 3 for one in found)


def test_what_is_never_good_counts_one_more_than_the_most() -> None:
    truth = np.ones((2, 2), dtype=bool)
    masks = [ClickedMask(truth, ious=[0.5, 0.95]), ClickedMask(truth, ious=[0.5, 0.6])]
    assert clicks_needed(masks, 0.9, 2).tolist() == [2, 3]
    assert masks[1].clicks_to(0.9) is None
