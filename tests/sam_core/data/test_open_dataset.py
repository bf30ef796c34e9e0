"""The layout of a data set is told by its paths."""

from pathlib import Path

import pytest

from sam_core.data import CocoMaskDataset, Sa1bDataset, open_dataset
from sam_core.errors import DatasetError


def test_a_file_of_annotations_is_coco(coco_folder: Path) -> None:
    opened = open_dataset(coco_folder / "images", coco_folder / "annotations.json")
    assert isinstance(opened, CocoMaskDataset)


def test_a_folder_or_nothing_is_sa1b(tmp_path: Path) -> None:
    (tmp_path / "sa_1.json").write_text("{}")
    assert isinstance(open_dataset(tmp_path, None), Sa1bDataset)
    assert isinstance(open_dataset(tmp_path, tmp_path), Sa1bDataset)


def test_a_missing_file_fails_at_once(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="annotation file must be readable"):
        open_dataset(tmp_path, tmp_path / "no.json")
