"""The format of a file is found out from what is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain.dataset_import import ImportFormat
from app.errors import UnprocessableError
from app.importers.open_reader import open_reader
from tests.helpers.coco_files import coco, write
from tests.helpers.foreign_archives import pack

COCO = json.dumps(coco())
LABELME = json.dumps({"version": "5", "flags": {}, "shapes": [], "imagePath": "a.jpg"})


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"annotations.json": COCO, "report.json": "{}", "provenance.jsonl": ""}, "coco"),
        ({"a/instances_val2017.json": COCO}, "coco"),
        ({"data.yaml": "", "train/labels/a.txt": ""}, "yolo"),
        ({"obj_train_data/a.txt": "", "classes.txt": "cat"}, "yolo"),
        ({"VOC2012/SegmentationObject/a.png": "", "VOC2012/Annotations/a.xml": ""}, "pascal_voc"),
        ({"Annotations/a.xml": ""}, "pascal_voc"),
        ({"a.json": LABELME, "labels.txt": "cat"}, "labelme"),
        ({"instances/a.png": "", "objects/a.json": "[]"}, "instance_png"),
        ({"classes/a.png": "", "classes.json": "{}"}, "semantic_png"),
        ({"panoptic_val2017.json": "", "panoptic_val2017/a.png": ""}, "panoptic"),
    ],
)
def test_archives(tmp_path: Path, files: dict[str, str], kind: str) -> None:
    assert open_reader(pack(tmp_path / "a.zip", files))[0] == ImportFormat(kind)


def test_a_file_that_is_no_archive_is_coco(tmp_path: Path) -> None:
    assert open_reader(write(tmp_path / "a.json", coco()))[0] is ImportFormat.COCO


@pytest.mark.parametrize(
    "files", [{}, {"readme.txt": "hello"}, {"a.json": "{}"}, {"a.json": '{"x": 1}'}]
)
def test_other_archives_are_refused(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(UnprocessableError) as caught:
        open_reader(pack(tmp_path / "a.zip", files))
    assert caught.value.code == "archive_unknown"


def test_damaged_json_in_an_archive_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnprocessableError) as caught:
        open_reader(pack(tmp_path / "a.zip", {"a.json": "{"}))
    assert caught.value.code == "json_damaged"
