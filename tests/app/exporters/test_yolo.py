"""YOLO lines: one ring per object, parts joined, holes filled and reported."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import array_shapes, arrays

from app.domain.export import ExportFormat, Split
from tests.helpers.datasets import SHAPES, MemoryDataset, dataset_of, fill_holes, mask_record
from tests.helpers.export_archives import export, losses

masks = arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=9)).filter(np.any)


def ring_of(line: str, width: int, height: int) -> np.ndarray:
    values = [float(value) for value in line.split()[1:]]
    return np.array(values).reshape(-1, 2) * (width, height)


def painted(ring: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return what another painter makes of a ring: a pixel is in if its centre is."""
    scale = 8
    large = np.zeros((shape[0] * scale, shape[1] * scale), dtype=np.uint8)
    cv2.fillPoly(large, [np.round(ring * scale).astype(np.int32)], 1)
    return large[scale // 2 :: scale, scale // 2 :: scale].astype(np.bool_)


@pytest.mark.parametrize("shape", SHAPES)
def test_another_painter_sees_the_same_pixels(shape: str) -> None:
    mask = SHAPES[shape]
    files, report = export(dataset_of(mask), ExportFormat.YOLO)
    (line,) = files["labels/Käse 奶酪 1.txt"].decode().splitlines()
    filled = fill_holes(mask)
    found = painted(ring_of(line, mask.shape[1], mask.shape[0]), mask.shape)
    assert ("holes_filled" in losses(report)) == (not np.array_equal(filled, mask))
    if "parts_joined" in losses(report):  # this painter paints the joining lines too
        assert np.array_equal(found & filled, filled)
    else:
        assert np.array_equal(found, filled)


@given(mask=masks)
def test_any_mask_passes_the_check(mask: np.ndarray) -> None:
    _, report = export(dataset_of(mask), ExportFormat.YOLO)
    assert report.compared == 1


def test_classes_count_from_zero_in_their_order_and_crowds_are_reported() -> None:
    dataset = dataset_of(SHAPES["full"])
    crowd = mask_record(9, 1, SHAPES["full"], category_id=3, is_crowd=True)
    files, report = export(
        MemoryDataset(dataset.all_images, (*dataset.all_masks, crowd)), ExportFormat.YOLO
    )
    lines = files["labels/Käse 奶酪 1.txt"].decode().splitlines()
    assert [line.split()[0] for line in lines] == ["0", "1"]
    assert files["labels/Käse 奶酪 2.txt"] == b""
    assert losses(report) == {"crowd_lost": 1}


def test_the_list_of_classes_can_be_read_by_programs_that_train() -> None:
    files, _ = export(dataset_of(SHAPES["full"]), ExportFormat.YOLO)
    assert files["data.yaml"].decode() == (
        'path: .\ntrain: images\nval: images\nnames:\n  0: "object"\n  1: "Größe ñ 👍"\n'
    )
    dataset = dataset_of(*[SHAPES["full"]] * 30)
    files, _ = export(dataset, ExportFormat.YOLO, Split(30, 30))
    assert "val: images/val\n" in files["data.yaml"].decode()
    assert any(name.startswith("labels/test/") for name in files)
