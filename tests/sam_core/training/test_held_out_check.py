"""Images kept apart: which they are, and how a model does on them."""

from pathlib import Path

import numpy as np
import pytest

from sam_core.data import CocoMaskDataset
from sam_core.errors import DatasetError
from sam_core.modeling import Sam
from sam_core.training.clicks_together import ClickedMask
from sam_core.training.evaluator import evaluate
from sam_core.training.feature_cache import FeatureCache
from sam_core.training.held_out_check import (
    MOST_CLICKS,
    check_held_out,
    choose,
    mask_row,
    split_examples,
)
from sam_core.training.tuning_examples import TuningExample, as_examples

TRUTH = np.arange(16).reshape(4, 4) < 8


def clicked(ious: tuple[float, ...]) -> ClickedMask:
    return ClickedMask(TRUTH, ious=list(ious), predicted_iou=0.7)


def test_clicks_are_counted_until_the_mask_is_good() -> None:
    half = np.arange(16).reshape(4, 4) < 4
    row = mask_row(clicked((0.6, 0.7, 0.92)), half)
    assert row == pytest.approx((3, 0.6, 0.92, 0.5, 0.1))


def test_the_iou_after_six_clicks_is_not_that_of_later_ones() -> None:
    row = mask_row(clicked((0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.91)), TRUTH)
    assert row == pytest.approx((8, 0.1, 0.6, 1.0, 0.6))


def test_a_mask_that_never_gets_good_counts_one_more_than_the_most() -> None:
    assert mask_row(clicked((0.1,) * MOST_CLICKS), TRUTH)[0] == MOST_CLICKS + 1


def test_scores_are_those_of_the_evaluation(
    tmp_path: Path, disk_dataset: CocoMaskDataset, small_sam: Sam
) -> None:
    sam = small_sam.eval()
    got = check_held_out(sam, as_examples(disk_dataset), FeatureCache(tmp_path / "f", sam), 5)
    report = evaluate(sam, disk_dataset, MOST_CLICKS)
    assert got is not None
    assert got.iou_box == pytest.approx(report.mean["miou_box"], abs=0.02)
    assert got.iou_1 == pytest.approx(report.mean["miou_1"], abs=0.02)
    assert got.quality_error == pytest.approx(report.mean["iou_head_error"], abs=0.02)
    assert 1 <= got.clicks_to_90 <= MOST_CLICKS + 1


def test_it_can_be_stopped(tmp_path: Path, disk_dataset: CocoMaskDataset, small_sam: Sam) -> None:
    cache = FeatureCache(tmp_path / "f", small_sam.eval())
    examples = as_examples(disk_dataset)
    assert check_held_out(small_sam, examples, cache, 5, lambda: True) is None


def test_nothing_to_score_is_an_error(
    tmp_path: Path, disk_dataset: CocoMaskDataset, small_sam: Sam
) -> None:
    examples = as_examples(disk_dataset)
    examples[0].record.path.write_bytes(b"no image")
    cache = FeatureCache(tmp_path / "f", small_sam.eval())
    with pytest.raises(DatasetError, match="must have a mask that can be scored"):
        check_held_out(small_sam, examples[:1], cache, 5)


@pytest.mark.parametrize(("count", "share", "apart"), [(2, 0.1, 1), (40, 0.1, 4), (3, 0.9, 1)])
def test_images_kept_apart_are_not_learnt_from(
    disk_dataset: CocoMaskDataset, count: int, share: float, apart: int
) -> None:
    record = as_examples(disk_dataset)[0].record
    examples = [TuningExample(record, prompts=(None,) * number) for number in range(count)]
    learn, kept = split_examples(examples, share)
    assert len(kept) == apart
    assert sorted(len(example.prompts) for example in learn + kept) == list(range(count))


def test_one_image_cannot_be_split(disk_dataset: CocoMaskDataset) -> None:
    with pytest.raises(DatasetError, match="must have two images with masks or more"):
        split_examples(as_examples(disk_dataset)[:1], 0.5)


def test_a_few_of_many_are_evenly_spaced(disk_dataset: CocoMaskDataset) -> None:
    examples = as_examples(disk_dataset)
    assert choose(examples, 2) == [examples[0], examples[3]]
