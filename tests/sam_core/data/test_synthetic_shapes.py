"""Made pictures: seeded, exact, readable as a data set."""

from pathlib import Path

import numpy as np
import pytest

from sam_core.data import CocoMaskDataset, SampleSettings, TrainingSamples
from sam_core.data.records import decode_mask, read_image
from sam_core.data.synthetic_shapes import draw_shapes, shape_scene, write_shapes_dataset


def test_the_same_seed_gives_the_same_picture_and_another_another() -> None:
    once, again, other = (draw_shapes(64, np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert np.array_equal(once.pixels, again.pixels)
    assert np.array_equal(once.masks, again.masks)
    assert not np.array_equal(once.pixels, other.pixels)


@pytest.mark.parametrize("seed", range(8))
def test_masks_are_disjoint_or_nested(seed: int) -> None:
    masks = draw_shapes(64, np.random.default_rng(seed)).masks
    for index, mask in enumerate(masks):
        assert mask.any()
        for other in masks[index + 1 :]:
            common = mask & other
            assert not common.any() or np.array_equal(common, other)


def test_the_colour_changes_at_the_border_of_a_mask() -> None:
    contrasts = []
    for seed in range(10):
        pixels, masks = draw_shapes(64, np.random.default_rng(seed))
        inside, outside = pixels[masks[-1]].mean(axis=0), pixels[~masks[-1]].mean(axis=0)
        contrasts.append(np.abs(inside - outside).max())
    assert np.median(contrasts) > 20


def test_a_scene_has_masks_at_the_resolution_of_targets() -> None:
    scene = shape_scene(64, np.random.default_rng(0))
    assert scene.masks.shape[1:] == (16, 16)
    assert scene.drawn_hw == (64, 64)


def test_a_written_data_set_reads_back_exactly(tmp_path: Path) -> None:
    path = write_shapes_dataset(tmp_path / "made", 3, 64, seed=5)
    dataset = CocoMaskDataset(path.parent, path)
    assert len(dataset) == 3
    picture = draw_shapes(64, np.random.default_rng([5, 1]))
    record = dataset[0]
    assert np.array_equal(read_image(record), picture.pixels)
    kept = [mask for mask in picture.masks if mask.sum() >= 16]
    for segmentation, mask in zip(record.segmentations, kept, strict=True):
        assert np.array_equal(decode_mask(record, segmentation), mask)


def test_samples_can_come_from_a_written_data_set(tmp_path: Path) -> None:
    path = write_shapes_dataset(tmp_path, 2, 64)
    samples = TrainingSamples(CocoMaskDataset(tmp_path, path), SampleSettings(64, 2), 0)
    assert samples[0].masks.shape == (2, 16, 16)
