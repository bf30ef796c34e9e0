"""One annotation file into photographs to learn from and others kept apart."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sam_core.data import CocoMaskDataset
from sam_core.errors import DatasetError
from sam_core.training.__main__ import main
from sam_core.training.split_command import split_coco

DOCUMENT: dict[str, Any] = {
    "info": {"year": 2026},
    "images": [{"id": number} for number in (7, 3, 9, 1, 5)],
    "annotations": [{"id": 10 * owner, "image_id": owner} for owner in (1, 3, 3, 5, 7, 9)],
}


def test_each_nth_image_is_kept_apart_with_its_masks() -> None:
    fit, apart = split_coco(DOCUMENT, 2)
    assert [image["id"] for image in apart["images"]] == [3, 1]
    assert [image["id"] for image in fit["images"]] == [7, 9, 5]
    assert [annotation["image_id"] for annotation in apart["annotations"]] == [1, 3, 3]
    assert [annotation["image_id"] for annotation in fit["annotations"]] == [5, 7, 9]
    assert fit["info"] == apart["info"] == DOCUMENT["info"]


@pytest.mark.parametrize("every", [1, 6])
def test_a_part_without_images_is_refused(every: int) -> None:
    with pytest.raises(DatasetError, match=f"at most the number of images, got {every} for 5"):
        split_coco(DOCUMENT, every)


@pytest.mark.parametrize("document", [{}, {"images": [{}, {}], "annotations": []}])
def test_another_kind_of_document_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(DatasetError, match="must have images with ids and annotations"):
        split_coco(document, 2)


def test_the_command_writes_two_data_sets(
    tmp_path: Path, disk_dataset: CocoMaskDataset, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "disks.json"
    packed = tmp_path / "disks.json.gz"
    packed.write_bytes(gzip.compress(source.read_bytes()))
    contents = []
    for path in (source, packed):
        arguments = ["split", "--annotations", str(path), "--output", str(tmp_path / "parts")]
        assert main([*arguments, "--every", "4"]) == 0
        contents.append((tmp_path / "parts" / "fit.json.gz").read_bytes())
    assert contents[0] == contents[1]
    assert "calibrate.json.gz: 1 images, 1 masks" in capsys.readouterr().out
    assert len(CocoMaskDataset(tmp_path, tmp_path / "parts" / "fit.json.gz")) == 3
    assert len(CocoMaskDataset(tmp_path, tmp_path / "parts" / "calibrate.json.gz")) == 1


@pytest.mark.parametrize("content", [None, b"{", b"\x1f\x8bnothing", json.dumps([1]).encode()])
def test_an_unreadable_file_ends_with_an_error(
    tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.json"
    if content is not None:
        path.write_bytes(content)
    assert main(["split", "--annotations", str(path), "--output", str(tmp_path)]) == 2
    assert "error: annotation file must" in capsys.readouterr().err
