"""A detector learns where bright disks are, on features of an encoder that learns nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from sam_core.checkpoints import encoder_id, model_id
from sam_core.data import CocoMaskDataset
from sam_core.errors import DatasetError
from sam_core.masks.boxes import tight_boxes_xyxy
from sam_core.modeling import Sam
from sam_core.training.detector_training import DetectorConfig, masks_of, train_detector
from sam_core.training.feature_cache import FeatureCache
from sam_core.training.tuning_examples import TuningExample, as_examples

CONFIG = DetectorConfig(steps=40, images_per_step=3, warmup_steps=2, ema=0.8)


@pytest.fixture
def examples(disk_dataset: CocoMaskDataset) -> list[TuningExample]:
    return as_examples(disk_dataset)


@pytest.fixture
def cache(tmp_path: Path, small_sam: Sam) -> FeatureCache:
    return FeatureCache(tmp_path / "f", small_sam.eval().requires_grad_(False))


def centres(sam: Sam, example: TuningExample, cache: FeatureCache) -> torch.Tensor:
    assert sam.object_detector is not None
    features = cache.get(example.key, lambda: pytest.fail("the features are kept"))
    with torch.no_grad():
        found: torch.Tensor = sam.object_detector(features).centres[0]
    return found


def test_it_finds_the_disk_in_an_image_that_it_has_seen(
    examples: list[TuningExample], cache: FeatureCache
) -> None:
    sam = cache.sam
    before, encoder = model_id(sam), encoder_id(sam)
    assert train_detector(sam, examples[:3], cache, CONFIG)
    # The disk of the first image has its middle at x 25, y 21 of 64 x 48 pixels.
    highest = int(centres(sam, examples[0], cache).argmax())
    assert divmod(highest, 8) == (2, 3)
    assert model_id(sam) != before
    assert encoder_id(sam) == encoder


def test_the_same_seed_gives_the_same_detector(
    examples: list[TuningExample], cache: FeatureCache
) -> None:
    few = DetectorConfig(steps=2, images_per_step=2)
    ids = set()
    for _ in range(2):
        train_detector(cache.sam, examples[:3], cache, few)
        ids.add(model_id(cache.sam))
    assert len(ids) == 1


def test_it_can_be_stopped_and_leaves_the_model_as_it_was(
    examples: list[TuningExample], cache: FeatureCache
) -> None:
    done: list[tuple[int, int]] = []
    got = train_detector(
        cache.sam,
        examples[:3],
        cache,
        CONFIG,
        on_progress=lambda *share: done.append(share),
        should_stop=lambda: len(done) == 2,
    )
    assert not got
    assert cache.sam.object_detector is None
    assert done == [(1, 40), (2, 40)]


def test_it_ends_when_the_time_is_up(examples: list[TuningExample], cache: FeatureCache) -> None:
    ticks = iter(range(1000))
    done: list[int] = []
    train_detector(
        cache.sam,
        examples[:3],
        cache,
        DetectorConfig(steps=100, time_limit_s=4, images_per_step=1),
        on_progress=lambda step, _: done.append(step),
        clock=lambda: next(ticks),
    )
    assert done == [1, 26, 51, 76]


def test_images_that_cannot_be_used_are_an_error(
    examples: list[TuningExample], cache: FeatureCache
) -> None:
    for example in examples:
        example.record.path.write_bytes(b"no image")
    with pytest.raises(DatasetError, match="must have masks that can be used"):
        train_detector(cache.sam, examples[:3], cache, CONFIG)


def test_of_a_part_only_masks_count_of_which_enough_lies_in_it(
    examples: list[TuningExample],
) -> None:
    whole = examples[0]
    (mask,) = masks_of(whole)
    left, top, right, _ = (int(edge) for edge in tight_boxes_xyxy(mask))
    half = replace(whole, part_xyxy=(0, 0, (left + right) // 2, mask.shape[0]))
    (seen,) = masks_of(half)
    np.testing.assert_array_equal(seen, mask[:, : (left + right) // 2])
    assert masks_of(replace(whole, part_xyxy=(0, 0, left + 2, mask.shape[0]))) == []
    assert masks_of(replace(whole, part_xyxy=(0, 0, right, top))) == []
