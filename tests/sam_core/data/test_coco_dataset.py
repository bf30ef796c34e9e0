"""Reading COCO: three encodings, gzip, and what is broken."""

import gzip
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sam_core.data import CocoMaskDataset
from sam_core.data.coco_dataset import decode_mask, read_image
from sam_core.errors import DatasetError

ORIENTATION_TAG = 0x0112


def load(folder: Path) -> CocoMaskDataset:
    return CocoMaskDataset(folder / "images", folder / "annotations.json")


def test_images_without_a_usable_mask_are_left_out(coco_folder: Path) -> None:
    dataset = load(coco_folder)
    assert [record.image_id for record in dataset.records] == [1, 2]
    assert [record.source for record in dataset.records] == ["first", "all"]


def test_compressed_run_lengths_polygons_and_counts_are_read(coco_folder: Path) -> None:
    first, second = load(coco_folder).records
    areas = [
        int(decode_mask(record, item).sum())
        for record in (first, second)
        for item in record.segmentations
    ]
    assert areas == [20 * 30, 20 * 20, 5 * 40, 20 * 30]


def test_a_gzipped_file_is_read_like_a_plain_one(coco_folder: Path) -> None:
    packed = coco_folder / "annotations.json.gz"
    packed.write_bytes(gzip.compress((coco_folder / "annotations.json").read_bytes()))
    assert CocoMaskDataset(coco_folder / "images", packed).records == load(coco_folder).records


def test_pixels_come_as_rgb_at_the_stated_size(coco_folder: Path) -> None:
    assert read_image(load(coco_folder)[0]).shape == (40, 60, 3)


def test_a_rotated_photograph_is_turned_upright(coco_folder: Path) -> None:
    path = coco_folder / "images" / "a.png"
    with Image.open(path) as upright:
        pixels = np.asarray(upright)
        exif = upright.getexif()
        exif[ORIENTATION_TAG] = 6  # to be turned by 90 degrees clockwise
        upright.transpose(Image.Transpose.ROTATE_90).save(path, exif=exif)
    assert np.array_equal(read_image(load(coco_folder)[0]), pixels)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"images folder must exist, got .*nowhere"):
        CocoMaskDataset(tmp_path / "nowhere", tmp_path / "annotations.json")


@pytest.mark.parametrize("content", ["", "[1, 2]", '{"images": []}', "{"])
def test_a_file_that_is_not_coco_is_refused(coco_folder: Path, content: str) -> None:
    (coco_folder / "annotations.json").write_text(content)
    with pytest.raises(DatasetError, match="annotation file must"):
        load(coco_folder)


def test_a_truncated_gzip_file_is_refused(coco_folder: Path) -> None:
    packed = coco_folder / "annotations.json.gz"
    packed.write_bytes(gzip.compress((coco_folder / "annotations.json").read_bytes())[:60])
    with pytest.raises(DatasetError, match="annotation file must be readable COCO JSON"):
        CocoMaskDataset(coco_folder / "images", packed)


def test_a_broken_image_is_named_with_its_id(coco_folder: Path) -> None:
    (coco_folder / "images" / "a.png").write_bytes(b"no image")
    with pytest.raises(DatasetError, match=r"image 1 must be readable.*a\.png"):
        read_image(load(coco_folder)[0])


def test_an_image_of_another_size_is_refused(coco_folder: Path) -> None:
    record = replace(load(coco_folder)[0], width=61)
    with pytest.raises(DatasetError, match=r"image 1 must be 61 x 40 .* got 60 x 40"):
        read_image(record)


@pytest.mark.parametrize("segmentation", [{"size": [40, 60]}, {"counts": 5}, 7, {}])
def test_a_broken_mask_is_named_with_its_image(coco_folder: Path, segmentation: object) -> None:
    with pytest.raises(DatasetError, match="a mask of image 1 must be COCO polygons"):
        decode_mask(load(coco_folder)[0], segmentation)


def test_a_mask_of_another_size_is_refused(coco_folder: Path) -> None:
    record = replace(load(coco_folder)[0], height=41)
    with pytest.raises(DatasetError, match=r"must be \[41, 60\] high and wide, got \[40, 60\]"):
        decode_mask(record, record.segmentations[0])
