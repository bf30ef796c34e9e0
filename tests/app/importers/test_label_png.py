"""PNG images with a number per object, or per class."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from app.domain.dataset_import import ForeignMask
from app.importers.label_png import InstancePngReader, SemanticPngReader
from tests.helpers.foreign_archives import numbers, pack, png, read, reasons

LABELS = numbers(n1=(0, 0, 3, 3), n5=(4, 1, 8, 6))


def test_objects_have_the_class_that_is_listed_beside_them(tmp_path: Path) -> None:
    objects = [
        {"value": 5, "category": "cat", "iscrowd": 1},
        {"value": 9, "category": "hidden"},
        "odd",
        {"value": "1"},
    ]
    files = {"a/instances/train/x.png": png(LABELS), "a/objects/train/x.json": json.dumps(objects)}
    head, masks = read(InstancePngReader(pack(tmp_path / "a.zip", files)))
    found = [mask for mask in masks if isinstance(mask, ForeignMask)]
    assert [(mask.category, mask.details) for mask in found] == [
        ("object", {}),
        ("cat", {"iscrowd": 1}),
    ]
    assert {category.name for category in head.categories.values()} == {"object", "cat"}
    assert reasons(masks) == ["mask_empty"]
    (image,) = head.images.values()
    assert (image.file_name, image.is_stem, image.height, image.width) == ("x", True, 6, 8)


def test_damaged_lists_and_images_are_passed_over(tmp_path: Path) -> None:
    files = {
        "instances/a.png": png(LABELS),
        "objects/a.json": "{",
        "instances/b.png": b"no image",
        "instances/c.png": png(np.tile(LABELS, (9, 9)))[:-40],
    }
    head, masks = read(InstancePngReader(pack(tmp_path / "a.zip", files)))
    assert [code for code, _ in head.notes] == ["file_damaged"]
    assert [mask.category for mask in masks if isinstance(mask, ForeignMask)] == ["object"] * 2
    assert reasons(masks) == ["file_damaged"]


def test_classes_give_one_mask_each(tmp_path: Path) -> None:
    names = {"0": "", "1": "sky", "5": "sea", "x": "odd", "6": 7}
    files = {"classes/a.png": png(LABELS), "classes.json": json.dumps(names)}
    head, masks = read(SemanticPngReader(pack(tmp_path / "a.zip", files)))
    assert {key: category.name for key, category in head.categories.items()} == {1: "sky", 5: "sea"}
    assert [mask.category for mask in masks if isinstance(mask, ForeignMask)] == [1, 5]


def test_classes_without_names_are_noted_if_there_should_be_some(tmp_path: Path) -> None:
    files = {"classes/a.png": png(LABELS), "classes.json": "[]"}
    head, masks = read(SemanticPngReader(pack(tmp_path / "a.zip", files)))
    assert [code for code, _ in head.notes] == ["settings_damaged"]
    assert (len(masks), head.categories) == (2, {})
    plain = pack(tmp_path / "b.zip", {"classes/a.png": png(LABELS)})
    assert read(SemanticPngReader(plain))[0].notes == []
