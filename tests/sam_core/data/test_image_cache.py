"""The cache: same pixels, smaller copies, damage repaired, changes noticed."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from sam_core.data import CocoMaskDataset, SampleSettings, TrainingSamples
from sam_core.data.image_cache import ImageCache, open_cache
from sam_core.data.records import read_pixels
from sam_core.errors import DatasetError


class CountingDecoder:
    """Reads a file and counts how often."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.calls = 0

    def __call__(self) -> np.ndarray:
        self.calls += 1
        return read_pixels(self.path)


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    pixels = np.random.default_rng(0).integers(0, 255, (30, 40, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    return tmp_path / "photo.png"


def test_a_photograph_is_decoded_once_and_comes_back_exactly(photograph: Path) -> None:
    decode = CountingDecoder(photograph)
    cache = ImageCache(photograph.parent / "cache", 100)
    first, second = (cache.read(photograph, decode) for _ in range(2))
    assert decode.calls == 1
    assert np.array_equal(first, read_pixels(photograph))
    assert np.array_equal(second, first)


def test_a_long_photograph_is_scaled_down_to_the_long_side(photograph: Path) -> None:
    cache = ImageCache(photograph.parent / "cache", 20)
    pixels = cache.read(photograph, CountingDecoder(photograph))
    assert pixels.shape == (15, 20, 3)
    assert pixels.mean() == pytest.approx(read_pixels(photograph).mean(), rel=0.02)


@pytest.mark.parametrize("damage", [b"", b"no array", None])
def test_a_damaged_entry_is_made_again(photograph: Path, damage: bytes | None) -> None:
    decode = CountingDecoder(photograph)
    cache = ImageCache(photograph.parent / "cache", 100)
    cache.read(photograph, decode)
    (entry,) = cache.folder.iterdir()
    entry.write_bytes(entry.read_bytes()[:-50] if damage is None else damage)
    assert np.array_equal(cache.read(photograph, decode), read_pixels(photograph))
    assert np.array_equal(cache.read(photograph, decode), read_pixels(photograph))
    assert decode.calls == 2


def test_a_changed_photograph_is_decoded_anew(photograph: Path) -> None:
    cache = ImageCache(photograph.parent / "cache", 100)
    cache.read(photograph, CountingDecoder(photograph))
    Image.fromarray(np.zeros((9, 8, 3), dtype=np.uint8)).save(photograph)
    assert cache.read(photograph, CountingDecoder(photograph)).shape == (9, 8, 3)


def test_a_missing_photograph_is_reported_by_its_decoder(tmp_path: Path) -> None:
    cache = ImageCache(tmp_path / "cache", 100)
    with pytest.raises(DatasetError, match="image must be readable"):
        cache.read(tmp_path / "no.png", CountingDecoder(tmp_path / "no.png"))


def test_a_folder_that_cannot_be_made_is_named(photograph: Path) -> None:
    with pytest.raises(DatasetError, match="choose another cache_dir"):
        ImageCache(photograph / "below_a_file", 100)


def test_no_folder_means_no_cache(tmp_path: Path) -> None:
    assert open_cache("", 64) is None
    cache = open_cache(str(tmp_path / "cache"), 64)
    assert cache is not None
    assert cache.long_side == 64


def test_samples_are_the_same_from_the_cache(coco_folder: Path) -> None:
    dataset = CocoMaskDataset(coco_folder / "images", coco_folder / "annotations.json")
    settings = SampleSettings(64, 2, copy_paste_share=0.5)
    plain = TrainingSamples(dataset, settings, 0)
    cached = TrainingSamples(dataset, settings, 0, ImageCache(coco_folder / "cache", 64))
    for key in (0, 1, 2, 0):
        assert torch.equal(plain[key].image, cached[key].image)
        assert torch.equal(plain[key].masks, cached[key].masks)


def test_samples_from_smaller_copies_show_the_same_part(tmp_path: Path) -> None:
    row = np.linspace(0, 255, 400)
    pixels = np.broadcast_to(row[None, :, None], (300, 400, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "1.png")
    mask = [[100, 100, 300, 100, 300, 250, 100, 250]]
    document = {
        "images": [{"id": 1, "file_name": "1.png", "height": 300, "width": 400}],
        "annotations": [{"id": 1, "image_id": 1, "segmentation": mask}],
    }
    (tmp_path / "one.json").write_text(json.dumps(document))
    dataset = CocoMaskDataset(tmp_path, tmp_path / "one.json")
    settings = SampleSettings(64, 1, (0.5, 2.0), colour_jitter=0)
    plain = TrainingSamples(dataset, settings, 0)
    cached = TrainingSamples(dataset, settings, 0, ImageCache(tmp_path / "cache", 128))
    for key in range(6):
        difference = plain[key].image.int() - cached[key].image.int()
        assert float(difference.abs().float().mean()) < 2
