"""COCO files of other programs: what is missing or odd is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.dataset_import import ForeignCategory, ForeignMask, RefusedMask
from app.errors import UnprocessableError
from app.importers.coco import CocoReader
from tests.helpers.coco_files import (
    HEIGHT,
    WIDTH,
    annotation,
    coco,
    compressed,
    rectangle,
    uncompressed,
    write,
)

CODE = compressed(rectangle(5, 4, 20, 12))


def read(path: Path, document: Any) -> list[ForeignMask | RefusedMask]:
    reader = CocoReader(write(path / "a.json", document))
    return list(reader.masks(reader.head()))


def test_ids_may_count_from_zero_and_annotations_stand_first(tmp_path: Path) -> None:
    document = dict(reversed(coco(annotation(CODE, iscrowd=1)).items()))
    (mask,) = read(tmp_path, document)
    assert isinstance(mask, ForeignMask)
    assert (mask.image, mask.category, mask.counts) == (0, 0, CODE["counts"])
    assert mask.details == {"iscrowd": 1}
    assert mask.where == "annotation 1 (id 0)"


def test_all_three_forms_of_masks_are_read(tmp_path: Path) -> None:
    pixels = rectangle(5, 4, 20, 12)
    forms = [CODE, uncompressed(pixels), [[5, 4, 20, 4, 20, 12, 5, 12]]]
    masks = read(tmp_path, coco(*map(annotation, forms)))
    assert [mask.counts for mask in masks if isinstance(mask, ForeignMask)] == [CODE["counts"]] * 3


def test_the_size_may_stand_in_the_mask_alone(tmp_path: Path) -> None:
    image = {"id": "a", "file_name": "photo.jpg"}
    masks = read(
        tmp_path,
        coco(annotation(CODE, image_id="a"), annotation([[1] * 6], image_id="a"), images=[image]),
    )
    assert isinstance(masks[0], ForeignMask)
    assert (masks[0].height, masks[0].width) == (HEIGHT, WIDTH)
    assert masks[1] == RefusedMask("annotation 2 (id 0)", "size_missing")


def test_annotations_at_the_end_are_read_once_and_their_damage_is_found(tmp_path: Path) -> None:
    text = json.dumps(coco(annotation(CODE), annotation(CODE)))
    path = tmp_path / "a.json"
    path.write_text(text[:-20])
    reader = CocoReader(path)
    head = reader.head()
    assert (len(head.images), len(head.categories)) == (1, 1)
    with pytest.raises(UnprocessableError, match="must be one JSON object"):
        list(reader.masks(head))


def test_repeated_and_damaged_entries_are_noted_and_the_first_counts(tmp_path: Path) -> None:
    images = [
        {"id": 1, "file_name": "a.jpg"},
        {"id": 1.0, "file_name": "b.jpg"},
        *({"id": 2}, {"id": True, "file_name": "c"}, {"file_name": "d"}, 5, None),
        {"id": 3, "file_name": ""},
    ]
    categories = [{"id": 7, "name": "x"}, {"id": 7, "name": "y"}, {"id": 8, "name": "\ud800"}]
    document = coco(images=images, categories=[*categories, {"id": 9, "name": " "}, []])
    head = CocoReader(write(tmp_path / "a.json", document)).head()
    assert {key: image.file_name for key, image in head.images.items()} == {1: "a.jpg"}
    assert head.categories == {7: ForeignCategory(7, "x", "")}
    codes = [code for code, _ in head.notes]
    assert codes.count("image_damaged") == 6
    assert codes.count("image_id_repeated") == codes.count("category_id_repeated") == 1
    assert codes.count("category_damaged") == 3


REFUSED: dict[str, tuple[Any, str]] = {
    "no object": (5, "annotation_damaged"),
    "an unknown image": (annotation(CODE, image_id=5), "image_not_listed"),
    "no image": ({"category_id": 0, "segmentation": CODE}, "image_not_listed"),
    "a list for an image": (annotation(CODE, image_id=[0]), "image_not_listed"),
    "no class": ({"image_id": 0, "segmentation": CODE}, "category_missing"),
    "a box alone": (annotation([], bbox=[1, 2, 3, 4]), "mask_missing"),
    "a mask of another size": (annotation({**CODE, "size": [1, 2]}), "size_differs"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_an_annotation_without_a_mask_is_passed_over_with_its_reason(
    tmp_path: Path, kind: str
) -> None:
    element, code = REFUSED[kind]
    (refused,) = read(tmp_path, coco(element))
    assert isinstance(refused, RefusedMask)
    assert refused.code == code


@pytest.mark.parametrize("document", [{}, {"a": 1}, {"info": {}, "licenses": []}, {"shapes": []}])
def test_another_kind_of_json_is_no_coco_file(tmp_path: Path, document: Any) -> None:
    with pytest.raises(UnprocessableError, match='must have "images" and "annotations"') as caught:
        read(tmp_path, document)
    assert caught.value.code == "not_coco"
