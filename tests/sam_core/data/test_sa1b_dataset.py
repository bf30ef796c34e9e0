"""SA-1B's layout: one JSON per image, both kinds of run lengths, broken files."""

import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sam_core.data import SampleSettings, TrainingSamples
from sam_core.data.records import decode_mask, read_image
from sam_core.data.sa1b_dataset import Sa1bDataset
from sam_core.errors import DatasetError
from sam_core.masks.rle import encode_rle


def write_image(folder: Path, number: int, annotations: list[dict[str, Any]]) -> Path:
    name = f"sa_{number}.jpg"
    Image.fromarray(np.full((40, 60, 3), 99, dtype=np.uint8)).save(folder / name)
    image = {"image_id": number, "width": 60, "height": 40, "file_name": name}
    path = folder / f"sa_{number}.json"
    path.write_text(json.dumps({"image": image, "annotations": annotations}))
    return path


def annotation(number: int, segmentation: object) -> dict[str, Any]:
    return {"id": number, "area": 400, "segmentation": segmentation, "predicted_iou": 0.9}


@pytest.fixture
def square() -> np.ndarray:
    mask = np.zeros((40, 60), dtype=bool)
    mask[10:30, 20:40] = True
    return mask


@pytest.fixture
def folder(tmp_path: Path, square: np.ndarray) -> Path:
    """One image with a compressed and an uncompressed mask, one with a single mask."""
    compressed = dict(encode_rle(square))
    runs = [20 * 40 + 10] + [20] * 39 + [30 + 19 * 40 - 10 + 10 - 10]
    runs[-1] = 40 * 60 - sum(runs[:-1])
    uncompressed = {"size": [40, 60], "counts": runs}
    write_image(tmp_path, 1, [annotation(7, compressed), annotation(8, uncompressed)])
    write_image(tmp_path, 2, [annotation(9, compressed)])
    return tmp_path


def test_both_kinds_of_run_lengths_are_read(folder: Path, square: np.ndarray) -> None:
    dataset = Sa1bDataset(folder)
    assert len(dataset) == 2
    record = dataset[0]
    assert (record.image_id, record.areas) == (1, (400.0, 400.0))
    assert read_image(record).shape == (40, 60, 3)
    for segmentation in record.segmentations:
        assert np.array_equal(decode_mask(record, segmentation), square)


def test_annotations_may_lie_in_a_folder_of_their_own(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "json").mkdir()
    for path in folder.glob("*.json"):
        path.rename(tmp_path / "json" / path.name)
    dataset = Sa1bDataset(folder, tmp_path / "json")
    assert read_image(dataset[1]).shape == (40, 60, 3)


@pytest.mark.parametrize("content", ["{", "[]", '{"image": {}, "annotations": []}', '{"image": 5}'])
def test_a_broken_file_is_named(folder: Path, content: str) -> None:
    (folder / "sa_1.json").write_text(content)
    with pytest.raises(DatasetError, match=r"as in SA-1B, got .*sa_1\.json"):
        Sa1bDataset(folder)[0]


def test_an_image_without_masks_is_named(folder: Path) -> None:
    write_image(folder, 1, [])
    with pytest.raises(DatasetError, match="image 1 must have a usable mask"):
        Sa1bDataset(folder)[0]


def test_a_broken_annotation_is_logged_with_its_id_and_counted(
    folder: Path, square: np.ndarray, caplog: pytest.LogCaptureFixture
) -> None:
    good = annotation(3, dict(encode_rle(square)))
    write_image(folder, 1, [annotation(4, None), good])
    dataset = Sa1bDataset(folder)
    with caplog.at_level(logging.WARNING):
        assert len(dataset[0].segmentations) == 1
    assert dataset.skipped == 1
    assert "annotation 4" in caplog.text


def test_training_goes_on_past_a_broken_file(folder: Path) -> None:
    (folder / "sa_1.json").write_text("{")
    samples = TrainingSamples(Sa1bDataset(folder), SampleSettings(64, 1), 0)
    assert all(samples[key].masks.any() for key in range(6))
    assert samples.skipped > 0


def test_missing_and_empty_folders_fail_at_once(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"data folder must exist, got .*nowhere"):
        Sa1bDataset(tmp_path / "nowhere")
    with pytest.raises(DatasetError, match="one JSON file per image, got none"):
        Sa1bDataset(tmp_path)
