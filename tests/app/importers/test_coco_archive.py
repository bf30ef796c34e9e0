"""The parts of a split come back as one, also if they use the same ids."""

from __future__ import annotations

import json
from pathlib import Path

from app.domain.dataset_import import ForeignMask, RefusedMask
from app.importers.coco_archive import CocoArchiveReader
from tests.helpers.coco_files import annotation, coco, compressed, rectangle
from tests.helpers.foreign_archives import pack

CODE = compressed(rectangle(5, 4, 20, 12))


def test_equal_ids_of_two_files_are_two_images(tmp_path: Path) -> None:
    first, second = coco(annotation(CODE)), coco(annotation(CODE), annotation(None))
    second["images"][0]["file_name"] = "other.jpg"
    second["categories"][0]["name"] = "dog"
    files = {"train.json": json.dumps(first), "val.json": json.dumps(second)}
    reader = CocoArchiveReader(pack(tmp_path / "a.zip", files), list(files))
    head = reader.head()
    assert [image.file_name for image in head.images.values()] == ["photo.jpg", "other.jpg"]
    masks = list(reader.masks(head))
    found = [mask for mask in masks if isinstance(mask, ForeignMask)]
    assert [head.images[mask.image].file_name for mask in found] == ["photo.jpg", "other.jpg"]
    assert [head.categories[mask.category].name for mask in found] == ["cat", "dog"]
    assert masks[2] == RefusedMask("val.json: annotation 2 (id 0)", "mask_missing")


def test_what_is_not_found_is_known_to_the_file_that_names_it(tmp_path: Path) -> None:
    files = {name: json.dumps(coco(annotation(CODE))) for name in ("a.json", "b.json")}
    reader = CocoArchiveReader(pack(tmp_path / "a.zip", files), list(files))
    head = reader.head()
    head.unmatched[next(iter(head.images))] = "image_unknown"
    first, second = reader.masks(head)
    assert isinstance(first, RefusedMask)
    assert first.code == "image_unknown"
    assert isinstance(second, ForeignMask)
