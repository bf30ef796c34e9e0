"""Masks painted into one map: smaller ones lie on top, what is hidden is counted."""

from __future__ import annotations

import numpy as np

from app.domain.export import ExportFormat, ExportReport
from app.exporters.label_map import from_png, note_overlaps, paint, to_png
from tests.helpers.datasets import drawn, image_record, mask_record

IMAGE = image_record(1, "a.jpg", 3, 4)


def test_a_small_object_stays_visible_whatever_the_order() -> None:
    small, large = drawn("....", ".#..", "...."), drawn("####", "####", "....")
    for masks in ([small, large], [large, small]):
        records = [mask_record(number, 1, mask) for number, mask in enumerate(masks, 1)]
        painted = paint(IMAGE, records, [7 if one is small else 8 for one in masks])
        assert painted.tolist() == [[8, 8, 8, 8], [8, 7, 8, 8], [0, 0, 0, 0]]


def test_of_equal_objects_the_later_lies_on_top_and_the_earlier_is_reported() -> None:
    records = [mask_record(number, 1, drawn("##..", "....", "....")) for number in (1, 2)]
    painted = paint(IMAGE, records, [5, 6])
    report = ExportReport(ExportFormat.PANOPTIC)
    note_overlaps(painted, records, [5, 6], report)
    assert painted.max() == 6
    (loss,) = report.losses
    assert (loss.code, loss.annotation_ids) == ("overlap_cut", [1])


def test_what_was_brought_to_the_front_lies_on_top_of_smaller_ones() -> None:
    small, large = drawn("....", ".#..", "...."), drawn("####", "####", "....")
    records = [
        mask_record(1, 1, large)._replace(z_order=0.5),
        mask_record(2, 1, small),
    ]
    assert paint(IMAGE, records, [8, 7])[1].tolist() == [8, 8, 8, 8]


def test_numbers_survive_the_picture() -> None:
    for kind in (np.uint8, np.uint16):
        numbers = np.array([[0, 1], [np.iinfo(kind).max, 7]], dtype=kind)
        assert np.array_equal(from_png(to_png(numbers)), numbers)
    numbers = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert np.array_equal(from_png(to_png(numbers, [0, 9, 8] * 256)), numbers)
