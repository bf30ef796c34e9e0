"""Pascal VOC of other programs: names from XML, or from the PNG image of the classes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.dataset_import import ForeignMask
from app.importers.pascal_voc import PascalVocReader
from tests.helpers.foreign_archives import numbers, pack, png, read, reasons

OBJECTS = png(numbers(n1=(0, 0, 3, 3), n2=(4, 1, 8, 6), n255=(3, 0, 4, 6)))
CLASSES = png(numbers(n7=(0, 0, 3, 3), n9=(4, 1, 8, 6), n255=(3, 0, 4, 6)))


def xml(*names: str, file_name: str = "a.jpg") -> str:
    objects = "".join(f"<object><name>{name}</name></object>" for name in names)
    return f"<annotation><filename>{file_name}</filename>{objects}</annotation>"


def classes(path: Path, files: dict[str, bytes | str]) -> tuple[list[str], list[str]]:
    head, masks = read(PascalVocReader(pack(path / "a.zip", files)))
    found = [mask for mask in masks if isinstance(mask, ForeignMask)]
    return [head.categories[mask.category].name for mask in found], reasons(masks)


def test_names_come_from_the_xml_file_in_order(tmp_path: Path) -> None:
    files = {
        "VOC/Annotations/a.v1.xml": xml("cat", "dog", "box only", file_name="a.v1.jpg"),
        "VOC/SegmentationObject/a.v1.png": OBJECTS,
    }
    assert classes(tmp_path, files) == (["cat", "dog"], ["mask_missing"])
    (image,) = PascalVocReader(tmp_path / "a.zip").head().images.values()
    assert (image.key, image.file_name, image.is_stem) == ("a.v1", "a.v1.jpg", False)
    assert (image.height, image.width) == (6, 8)


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        ("0 background\n7 cat\n9 dog\n", ["cat", "dog"]),
        ("# label:color\nbackground:0,0,0::\n", ["class 7", "class 9"]),
        (None, ["class 7", "class 9"]),
    ],
)
def test_without_it_the_classes_decide(
    tmp_path: Path, labels: str | None, names: list[str]
) -> None:
    files: dict[str, bytes | str] = {
        "SegmentationObject/a.png": OBJECTS,
        "SegmentationClass/a.png": CLASSES,
    }
    if labels is not None:
        files["labelmap.txt"] = labels
    assert classes(tmp_path, files) == (names, [])


def test_an_object_without_any_class_and_images_that_are_damaged(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "SegmentationObject/a.png": OBJECTS,
        "SegmentationObject/b.png": b"no image",
        "SegmentationObject/c.png": OBJECTS,
        "SegmentationClass/c.png": b"no image",
    }
    assert classes(tmp_path, files) == ([], ["category_missing"] * 2 + ["file_damaged"])


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><annotation>&b;</annotation>',
        "<annotation>",
        "<annotation></other>",
        "\udcff",
    ],
)
def test_hostile_and_damaged_xml_says_nothing(tmp_path: Path, text: str) -> None:
    files: dict[str, bytes | str] = {
        "Annotations/a.xml": text.encode("utf-8", errors="surrogateescape"),
        "SegmentationObject/a.png": OBJECTS,
        "SegmentationClass/a.png": CLASSES,
    }
    assert classes(tmp_path, files) == (["class 7", "class 9"], [])
