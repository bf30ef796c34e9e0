"""A data set in memory: the same pixels and masks as on the disk, broken ones left out."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from sam_core.data import CocoMaskDataset
from sam_core.data.records import decode_mask, read_image
from sam_core.data.resident_images import load_resident_images
from sam_core.errors import DatasetError
from tests.helpers.synthetic_scenes import write_scenes

CPU = torch.device("cpu")


@pytest.fixture
def dataset(tmp_path: Path) -> CocoMaskDataset:
    return write_scenes(tmp_path, 3)


@pytest.mark.parametrize("workers", [0, 2])
def test_images_and_masks_are_those_of_the_files(dataset: CocoMaskDataset, workers: int) -> None:
    side = 8 * -(-max(max(record.height, record.width) for record in dataset.records) // 8)
    images = load_resident_images(dataset, side, CPU, workers)
    assert len(images.pixels) == len(dataset)
    for index, record in enumerate(dataset.records):
        height, width = images.sizes[index].int().tolist()
        assert (height, width) == (record.height, record.width)
        stored = images.pixels[index, :, :height, :width].permute(1, 2, 0).numpy()
        assert np.array_equal(stored, read_image(record))
        first, count = int(images.first[index]), int(images.masks_of[index])
        assert count == len(record.segmentations)
        for number, segmentation in enumerate(record.segmentations):
            area = images.masks[first + number].float().sum() / 255 * 4
            assert abs(float(area) - decode_mask(record, segmentation).sum()) <= 1


def test_long_images_are_scaled_down_and_short_ones_are_not(dataset: CocoMaskDataset) -> None:
    images = load_resident_images(dataset, 64, CPU, 0)
    assert images.sizes.amax(dim=1).tolist() == [64.0] * 3
    larger = load_resident_images(dataset, 1024, CPU, 0)
    assert int(larger.sizes[0].max()) == max(dataset.records[0].height, dataset.records[0].width)


def test_what_is_broken_is_named_and_left_out(
    dataset: CocoMaskDataset, caplog: pytest.LogCaptureFixture
) -> None:
    dataset.records[0].path.write_bytes(b"not an image")
    images = load_resident_images(dataset, 64, CPU, 0)
    assert len(images.pixels) == len(dataset) - 1
    assert str(dataset.records[0].path) in caplog.text


def test_a_data_set_without_a_usable_image_is_refused(tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text(json.dumps({"images": [], "annotations": []}))
    with pytest.raises(DatasetError, match="must have an image with a mask"):
        load_resident_images(CocoMaskDataset(tmp_path, tmp_path / "none.json"), 64, CPU, 0)
