"""Pascal VOC: boxes from 1, objects and classes in pictures with the contest's palette."""

from __future__ import annotations

import io
from xml.etree import ElementTree as Tree

import numpy as np
import pytest
from PIL import Image

from app.domain.category import Category, CategoryContent
from app.domain.export import ExportFormat, Split
from app.errors import UnprocessableError
from app.exporters.pascal_voc import contest_palette
from tests.helpers.datasets import SHAPES, MemoryDataset, dataset_of, drawn, overlapping
from tests.helpers.export_archives import export, losses


def test_boxes_count_from_one_and_include_the_last_pixel() -> None:
    files, _ = export(overlapping(drawn("....", ".##.", "....")), ExportFormat.PASCAL_VOC)
    root = Tree.fromstring(files["Annotations/photo.xml"])
    box = root.find("object/bndbox")
    assert box is not None
    assert [side.text for side in box] == ["2", "2", "3", "2"]
    assert root.findtext("object/name") == "object"
    assert (root.findtext("size/width"), root.findtext("segmented")) == ("4", "1")


@pytest.mark.parametrize("shape", SHAPES)
def test_objects_and_classes_are_exact(shape: str) -> None:
    files, report = export(dataset_of(SHAPES[shape]), ExportFormat.PASCAL_VOC)
    for name in ("Object", "Class"):
        with Image.open(io.BytesIO(files[f"Segmentation{name}/Käse 奶酪 1.png"])) as picture:
            assert picture.mode == "P"
            assert np.array_equal(np.asarray(picture) == 1, SHAPES[shape])
    assert report.losses == []


def test_names_of_classes_are_escaped() -> None:
    dataset = dataset_of(SHAPES["full"])
    categories = (Category(1, CategoryContent("a<b>&\x07c")),)
    dataset = MemoryDataset(dataset.all_images, dataset.all_masks, categories)
    files, _ = export(dataset, ExportFormat.PASCAL_VOC)
    root = Tree.fromstring(files["Annotations/Käse 奶酪 1.xml"])
    assert root.findtext("object/name") == "a<b>&c"


def test_lists_name_the_images_of_every_part() -> None:
    files, report = export(
        dataset_of(*[SHAPES["full"]] * 30), ExportFormat.PASCAL_VOC, Split(30, 30)
    )
    for part, count in report.parts.items():
        assert len(files[f"ImageSets/Segmentation/{part}.txt"].splitlines()) == count
    assert files["labelmap.txt"].decode().splitlines()[1] == "1 object"


def test_more_objects_than_numbers_keep_their_boxes() -> None:
    files, report = export(overlapping(*[SHAPES["one pixel"]] * 256), ExportFormat.PASCAL_VOC)
    assert len(Tree.fromstring(files["Annotations/photo.xml"]).findall("object")) == 256
    assert losses(report)["mask_left_out"] == 2


def test_more_classes_than_numbers_are_refused() -> None:
    categories = tuple(Category(n, CategoryContent(str(n))) for n in range(1, 256))
    with pytest.raises(UnprocessableError, match="at most 254 classes, got 255"):
        export(MemoryDataset(categories=categories), ExportFormat.PASCAL_VOC)


def test_the_palette_is_that_of_the_contest() -> None:
    palette = contest_palette()
    assert palette[3 * 15 : 3 * 16] == [192, 0, 128] or palette[3 * 15 : 3 * 16] == [192, 128, 128]
    assert palette[3 * 20 : 3 * 21] == [0, 64, 128]
    assert palette[-3:] == [224, 224, 192]
