"""Crops of a folder: repeatable, square, past broken files."""

import logging
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from sam_core.data.image_cache import ImageCache
from sam_core.data.image_crops import ImageCrops, crop_randomly
from sam_core.errors import DatasetError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos" / "inner").mkdir(parents=True)
    for name in ("a.png", "inner/b.JPG"):
        pixels = np.random.default_rng(1).integers(0, 255, (50, 70, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(tmp_path / "photos" / name)
    (tmp_path / "photos" / "notes.txt").write_text("no image")
    return tmp_path / "photos"


def test_crops_are_square_and_follow_from_the_number_of_the_draw(folder: Path) -> None:
    crops, again = ImageCrops(folder, 32, 0), ImageCrops(folder, 32, 0)
    assert len(crops) == 2
    assert crops[3].shape == (3, 32, 32)
    assert crops[3].dtype == torch.uint8
    assert torch.equal(crops[3], again[3])
    assert not torch.equal(crops[3], crops[4])


def test_a_cache_gives_the_same_crops(folder: Path, tmp_path: Path) -> None:
    cached = ImageCrops(folder, 32, 0, ImageCache(tmp_path / "cache", 100))
    for key in (1, 2, 1):
        assert torch.equal(cached[key], ImageCrops(folder, 32, 0)[key])


def test_a_broken_file_is_logged_once_and_replaced(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "a.png").write_bytes(b"no image")
    crops = ImageCrops(folder, 32, 0)
    with caplog.at_level(logging.WARNING):
        assert all(crops[key].shape == (3, 32, 32) for key in range(12))
    assert sum("a.png" in message for message in caplog.messages) == 1


def test_a_folder_of_broken_files_ends_with_a_clear_error(folder: Path) -> None:
    for path in folder.rglob("*.*"):
        path.write_bytes(b"no image")
    with pytest.raises(DatasetError, match="got none in 20 draws"):
        ImageCrops(folder, 32, 0)[0]


def test_missing_and_empty_folders_fail_at_once(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"images folder must exist, got .*nowhere"):
        ImageCrops(tmp_path / "nowhere", 32, 0)
    with pytest.raises(DatasetError, match="images folder must hold images"):
        ImageCrops(tmp_path, 32, 0)


@pytest.mark.parametrize("seed", range(10))
def test_a_crop_shows_a_part_of_the_image_in_order(seed: int) -> None:
    ramp = np.broadcast_to(np.arange(200, dtype=np.uint8)[None, :, None], (60, 200, 3))
    crop = crop_randomly(np.ascontiguousarray(ramp), 16, np.random.default_rng(seed))
    steps = np.diff(crop[8, :, 0].astype(int))
    assert crop.shape == (16, 16, 3)
    assert (steps >= 0).all() or (steps <= 0).all()
    assert np.ptp(crop) > 20
