"""YOLO labels as several programs write them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.domain.dataset_import import ForeignMask
from app.importers.yolo import YoloReader
from sam_core.masks.rle import decode_rle
from tests.helpers.foreign_archives import pack, read, reasons

RING = "0 0.25 0.5 0.75 0.5 0.75 1 0.25 1"


def test_a_ring_is_painted_at_the_size_of_its_image(tmp_path: Path) -> None:
    files = {"data.yaml": "names:\n  0: cat\n  2: 'dog: big'\n", "train/labels/a.txt": RING + "\n"}
    head, masks = read(YoloReader(pack(tmp_path / "a.zip", files)))
    assert {key: one.name for key, one in head.categories.items()} == {0: "cat", 2: "dog: big"}
    (mask,) = masks
    assert isinstance(mask, ForeignMask)
    assert (mask.category, mask.where) == (0, "train/labels/a.txt line 1")
    expected = np.zeros((6, 8), dtype=np.bool_)
    expected[3:6, 2:6] = True
    assert np.array_equal(decode_rle({"size": [6, 8], "counts": mask.counts}), expected)


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ({"data.yml": "names: [cat, dog]"}, ["cat", "dog"]),
        ({"x/classes.txt": "cat\n\ndog\n"}, ["cat", "dog"]),
        ({"obj.names": "cat\n"}, ["cat"]),
        ({}, []),
    ],
)
def test_classes_are_listed_in_many_ways(
    tmp_path: Path, files: dict[str, str], names: list[str]
) -> None:
    path = pack(tmp_path / "a.zip", {**files, "obj_train_data/a.txt": RING, "train.txt": "a.jpg"})
    head, masks = read(YoloReader(path))
    assert [category.name for category in head.categories.values()] == names
    assert len(masks) == len(head.images) == 1


@pytest.mark.parametrize(
    "settings",
    [
        "names: {",
        "- a",
        "names: 5",
        "!!python/object/apply:os.system [ls]",
        "a: &a [*a]\nb: 1",
        "[" * 50_000,
    ],
)
def test_settings_that_are_damaged_or_hostile_are_passed_over(
    tmp_path: Path, settings: str
) -> None:
    path = pack(tmp_path / "a.zip", {"data.yaml": settings, "labels/a.txt": RING})
    head, masks = read(YoloReader(path))
    assert [code for code, _ in head.notes] == ["settings_damaged"]
    assert len(masks) == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("0 0.5 0.5 0.2 0.2", "mask_missing"),
        ("0 0.5 0.5", "polygon_short"),
        ("0 0.1 0.1 0.2 0.2 0.3 0.1 0.4", "polygon_damaged"),
        ("0 9 9 9 9.5 8 8", "polygon_outside"),
        ("0 nan 0 0 0 0 0", "annotation_damaged"),
        ("-1 0 0 0 1 1 1", "annotation_damaged"),
        ("cat 0 0 0 1 1 1", "annotation_damaged"),
        ("0.5 0 0 0 1 1 1", "annotation_damaged"),
    ],
)
def test_lines_that_are_no_masks_say_why(tmp_path: Path, line: str, code: str) -> None:
    path = pack(tmp_path / "a.zip", {"labels/a.txt": f"\n{line}\n"})
    assert reasons(read(YoloReader(path))[1]) == [code]


def test_a_file_that_is_no_text_and_an_image_of_no_known_size(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"labels/a.txt": b"\xff\xfe\x00", "labels/b.txt": RING})
    assert reasons(read(YoloReader(path), None)[1]) == ["file_damaged", "size_missing"]
