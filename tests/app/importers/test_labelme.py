"""LabelMe files with every kind of shape."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.domain.dataset_import import ForeignMask
from app.importers.labelme import LabelmeReader, read_document
from sam_core.masks.rle import decode_rle
from tests.helpers.foreign_archives import pack, png, read, reasons

CROP = base64.b64encode(png(np.array([[1, 0], [1, 1]], dtype=np.uint8))).decode()


def document(*shapes: Any, **more: Any) -> str:
    about = {"imagePath": "..\\photos\\a.jpg", "imageHeight": 6, "imageWidth": 8}
    return json.dumps({"shapes": shapes, **about, **more})


def shape(points: Any, kind: str = "polygon", **more: Any) -> dict[str, Any]:
    return {"label": "cat", "points": points, "shape_type": kind, **more}


def pixels_of(path: Path, *shapes: Any) -> list[np.ndarray]:
    _, masks = read(LabelmeReader(pack(path / "a.zip", {"a.json": document(*shapes)})))
    return [
        decode_rle({"size": [6, 8], "counts": mask.counts})
        for mask in masks
        if isinstance(mask, ForeignMask)
    ]


def test_the_same_square_in_three_forms(tmp_path: Path) -> None:
    square = [[2, 1], [6, 1], [6, 5], [2, 5]]
    found = pixels_of(
        tmp_path, shape(square), shape([[2, 1], [6, 5]], "rectangle"), shape(square, "rectangle")
    )
    expected = np.zeros((6, 8), dtype=np.bool_)
    expected[1:5, 2:6] = True
    assert [pixels.tolist() for pixels in found] == [expected.tolist()] * 3


def test_a_mask_lies_where_its_first_point_is_and_a_circle_around_it(tmp_path: Path) -> None:
    mask, circle = pixels_of(
        tmp_path, shape([[3, 2], [4, 3]], "mask", mask=CROP), shape([[4, 3], [4, 5]], "circle")
    )
    assert np.argwhere(mask).tolist() == [[2, 3], [3, 3], [3, 4]]
    assert circle.sum() == 12  # the pixels whose centres are less than 2 away
    assert np.array_equal(circle, circle[::-1])


def test_names_groups_and_notes_are_taken(tmp_path: Path) -> None:
    one = shape([[2, 1], [6, 1], [6, 5]], group_id=3, description="torn", label=" cat ")
    head, (mask,) = read(LabelmeReader(pack(tmp_path / "a.zip", {"x/a.json": document(one)})))
    assert isinstance(mask, ForeignMask)
    assert (mask.category, mask.details) == ("cat", {"group_id": 3, "notes": "torn"})
    assert head.images["x/a.json"].file_name == "..\\photos\\a.jpg"


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (shape([[1, 1]], "point"), "mask_missing"),
        (shape([[1, 1], [2, 2]], "line"), "mask_missing"),
        (shape("abc"), "polygon_damaged"),
        (shape([[1, 2, 3]]), "polygon_damaged"),
        (shape([[1, True]]), "polygon_damaged"),
        (shape([[1, 1], [2, 2]]), "polygon_short"),
        (shape([[1, 1], [1e300, 2], [3, 3]]), "polygon_damaged"),
        (shape([[1, 1]], "circle"), "polygon_damaged"),
        (shape([[3, 2], [4, 3]], "mask", mask="no"), "mask_damaged"),
        (shape([[3, 2], [4, 3]], "mask", mask=None), "mask_damaged"),
        (shape([[3, 2]], "mask", mask=CROP), "mask_damaged"),
        (shape([[7, 2], [8, 3]], "mask", mask=CROP), "size_differs"),
        (shape([[-1, 2], [0, 3]], "mask", mask=CROP), "size_differs"),
        (shape([], label=""), "category_missing"),
        ("text", "annotation_damaged"),
    ],
)
def test_shapes_that_give_no_mask_say_why(tmp_path: Path, bad: Any, code: str) -> None:
    path = pack(tmp_path / "a.zip", {"a.json": document(bad)})
    assert reasons(read(LabelmeReader(path))[1]) == [code]


def test_damaged_files_are_passed_over_and_sizes_may_be_missing(tmp_path: Path) -> None:
    files = {
        "a.json": document(shape([])),
        "b.json": "{",
        "c.json": document(shape([]), imageHeight=None),
    }
    head = LabelmeReader(path := pack(tmp_path / "a.zip", files)).head()
    assert head.notes == [("file_damaged", "'b.json'")]
    _, masks = read(LabelmeReader(path), None)
    assert reasons(masks) == ["polygon_short", "size_missing"]


def test_only_documents_with_shapes_are_labelme() -> None:
    assert read_document(b'{"shapes": []}') == {"shapes": []}
    for content in (b"[]", b'{"shapes": 1}', b"\xff", b"[" * 100_000):
        assert read_document(content) is None
