"""Training samples: fixed shapes, repeatable draws, broken files skipped."""

import json
import logging
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader

from sam_core.data import CocoMaskDataset, SampleSettings, TrainingSamples
from sam_core.data.training_samples import innermost_point
from sam_core.errors import DatasetError

SETTINGS = SampleSettings(image_size=64, masks_per_image=3, scale_range=(0.9, 1.2))


def samples(folder: Path, settings: SampleSettings = SETTINGS, seed: int = 0) -> TrainingSamples:
    dataset = CocoMaskDataset(folder / "images", folder / "annotations.json")
    return TrainingSamples(dataset, settings, seed)


def test_every_sample_has_the_same_shapes(coco_folder: Path) -> None:
    for key in range(5):
        sample = samples(coco_folder)[key]
        assert sample.image.shape == (3, 64, 64)
        assert sample.image.dtype == torch.uint8
        assert sample.masks.shape == (3, 16, 16)
        assert sample.centres.shape == (3, 2)


def test_the_same_key_gives_the_same_sample_and_another_key_another(coco_folder: Path) -> None:
    once, again, other = (samples(coco_folder)[key] for key in (7, 7, 8))
    assert torch.equal(once.image, again.image)
    assert torch.equal(once.masks, again.masks)
    assert not torch.equal(once.image, other.image)


def test_centres_lie_inside_their_masks(coco_folder: Path) -> None:
    for key in range(10):
        sample = samples(coco_folder)[key]
        for mask, (x, y) in zip(sample.masks, sample.centres.tolist(), strict=True):
            assert mask[int(y), int(x)] == 1


def test_a_broken_image_is_logged_and_replaced(
    coco_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (coco_folder / "images" / "a.png").write_bytes(b"no image")
    with caplog.at_level(logging.WARNING):
        drawn = [samples(coco_folder)[key] for key in range(8)]
    assert len(drawn) == 8
    assert any("image 1 must be readable" in message for message in caplog.messages)


def test_a_broken_mask_is_left_out_and_the_image_kept(coco_folder: Path) -> None:
    path = coco_folder / "annotations.json"
    document = json.loads(path.read_text())
    document["annotations"][0]["segmentation"] = {"size": [40, 60], "counts": "#"}
    path.write_text(json.dumps(document))
    drawn = samples(coco_folder)
    assert all(drawn[key].masks.any() for key in range(8))
    assert drawn.skipped > 0


def test_skips_are_counted_across_processes(coco_folder: Path) -> None:
    (coco_folder / "images" / "a.png").write_bytes(b"no image")
    drawn = samples(coco_folder)
    loader = DataLoader(drawn, batch_size=4, sampler=range(12), num_workers=2)
    assert len(list(loader)) == 3
    assert drawn.skipped > 0


@pytest.mark.parametrize(
    "ingredient",
    [
        {"copy_paste_share": 1.0},
        {"part_share": 1.0, "merge_share": 0.0},
        {"merge_share": 1.0, "merge_touching": True},
        {"synthetic_share": 1.0},
        {"turn_share": 1.0},
        {"degrade_share": 1.0},
        {"area_exponent": 0.25},
    ],
)
def test_each_ingredient_changes_samples_and_keeps_their_shape(
    coco_folder: Path, ingredient: dict[str, float]
) -> None:
    plain = samples(coco_folder)
    other = samples(coco_folder, SETTINGS._replace(**ingredient))
    changed = False
    for key in range(6):
        sample = other[key]
        assert [tuple(part.shape) for part in sample] == [(3, 64, 64), (3, 16, 16), (3, 2)]
        assert set(sample.masks.unique().tolist()) == {0.0, 1.0}
        same = zip(sample, plain[key], strict=True)
        changed |= not all(torch.equal(mine, theirs) for mine, theirs in same)
    assert changed


def test_small_masks_are_drawn_more_often_with_an_exponent(coco_folder: Path) -> None:
    record = replace(
        samples(coco_folder).dataset[0],
        segmentations=("large", "small", "unknown"),
        areas=(10_000.0, 1.0, math.nan),
    )
    drawn = samples(coco_folder, SETTINGS._replace(area_exponent=0.25))
    rng = np.random.default_rng(0)
    first = [int(drawn._mask_order(record, rng)[0]) for _ in range(1000)]
    shares = [first.count(index) / 1000 for index in range(3)]
    # Areas 10000, 1 and their median: weights 0.1, 1 and 0.119.
    assert shares == pytest.approx([0.082, 0.820, 0.098], abs=0.03)


def test_a_data_set_without_usable_masks_ends_with_a_clear_error(coco_folder: Path) -> None:
    impossible = SETTINGS._replace(min_cells=10_000)
    with pytest.raises(DatasetError, match="got none in 20 draws; check the masks"):
        samples(coco_folder, impossible)[0]


def test_the_innermost_point_of_a_square_is_its_middle() -> None:
    mask = np.zeros((11, 15), dtype=np.float32)
    mask[2:9, 3:10] = 1
    assert innermost_point(mask).tolist() == [6.5, 5.5]


def test_the_border_of_the_array_counts_as_background() -> None:
    assert innermost_point(np.ones((5, 5), dtype=np.float32)).tolist() == [2.5, 2.5]
