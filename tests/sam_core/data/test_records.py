"""Records: pixels upright and of the stated size, masks in three encodings, what is broken."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sam_core.data import CocoMaskDataset
from sam_core.data.records import decode_mask, is_usable, read_image
from sam_core.errors import DatasetError

ORIENTATION_TAG = 0x0112


def load(folder: Path) -> CocoMaskDataset:
    return CocoMaskDataset(folder / "images", folder / "annotations.json")


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


@pytest.mark.parametrize("polygon", [[], [1, 2, 3, 4], [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, "4", 5, 6]])
def test_a_polygon_of_too_few_or_odd_numbers_is_refused(
    coco_folder: Path, polygon: list[object]
) -> None:
    with pytest.raises(DatasetError, match="a mask of image 1 must be COCO polygons"):
        decode_mask(load(coco_folder)[0], [polygon])


def test_a_truncated_image_is_named(coco_folder: Path) -> None:
    path = coco_folder / "images" / "a.png"
    path.write_bytes(path.read_bytes()[:700])
    with pytest.raises(DatasetError, match=r"image 1 must be readable.*a\.png"):
        read_image(load(coco_folder)[0])


def test_crowds_and_specks_are_not_usable() -> None:
    assert is_usable({"id": 1, "segmentation": [[1]], "area": 16})
    assert is_usable({"id": 1, "segmentation": [[1]]})
    assert not is_usable({"id": 1, "segmentation": [[1]], "area": 15})
    assert not is_usable({"id": 1, "segmentation": [[1]], "iscrowd": 1})
