"""Reading COCO: three encodings, gzip, and what is broken."""

import gzip
import json
import logging
import math
from pathlib import Path

import pytest

from sam_core.data import CocoMaskDataset
from sam_core.data.records import decode_mask
from sam_core.errors import DatasetError


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


def change(folder: Path, key: str, number: int, entry: object) -> None:
    path = folder / "annotations.json"
    document = json.loads(path.read_text())
    document[key][number] = entry
    path.write_text(json.dumps(document))


@pytest.mark.parametrize(
    ("key", "entry"),
    [
        ("annotations", {"id": 77, "image_id": 1}),
        ("annotations", {"id": 77, "image_id": 1, "segmentation": [[1]], "area": "big"}),
        ("annotations", {"id": 77, "segmentation": [[1, 1, 9, 1, 9, 9]]}),
        ("annotations", 77),
        ("images", {"id": 1, "note": 77}),
        ("images", {"id": 1, "file_name": "77.png", "height": "tall", "width": 4}),
    ],
)
def test_a_broken_entry_is_logged_with_file_and_id_and_counted(
    coco_folder: Path, caplog: pytest.LogCaptureFixture, key: str, entry: object
) -> None:
    change(coco_folder, key, 0, entry)
    with caplog.at_level(logging.WARNING):
        dataset = load(coco_folder)
    assert dataset.skipped == 1
    assert len(dataset) == (2 if key == "annotations" else 1)
    assert "annotations.json" in caplog.text
    assert "77" in caplog.text


def test_areas_come_with_the_masks(coco_folder: Path) -> None:
    segmentation = [[5.0, 5.0, 25.0, 5.0, 25.0, 25.0]]
    change(
        coco_folder,
        "annotations",
        0,
        {"id": 1, "image_id": 1, "segmentation": segmentation, "area": 200},
    )
    first, second = load(coco_folder)[0].areas
    assert first == 200
    assert math.isnan(second)
