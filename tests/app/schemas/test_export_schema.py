"""Wishes for exports, and reports."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.export import (
    ExportFormat,
    ExportOptions,
    ExportReport,
    SegmentationKind,
    Split,
    SplitGroups,
)
from app.errors import InvalidRequestError
from app.schemas.export_schema import format_report, parse_export_options


def test_nothing_need_be_named() -> None:
    assert parse_export_options({}) == ExportOptions()


def test_what_is_named_is_taken() -> None:
    wish = {
        "format": "coco",
        "segmentation": "polygons",
        "with_provenance": True,
        "project_id": 3,
        "split": {"val_percent": 20, "seed": 5, "groups": "name_prefix"},
    }
    assert parse_export_options(wish) == ExportOptions(
        ExportFormat.COCO,
        SegmentationKind.POLYGONS,
        with_provenance=True,
        project_id=3,
        split=Split(20, 10, 5, SplitGroups.NAME_PREFIX),
    )


@pytest.mark.parametrize(
    "wish",
    [
        *({"split": 5}, {"split": {"val_percent": -1}}, {"split": {"test_percent": 95}}),
        *({"split": {"seed": "a"}}, {"split": {"groups": "folder"}}, {"project_id": "1"}),
        *({"format": "xls"}, {"format": 1}, {"format": []}, {"segmentation": "png"}),
        *({"with_provenance": "yes"}, {"with_provenance": 1}),
        [],
    ],
)
def test_anything_else_is_refused(wish: Any) -> None:
    with pytest.raises(InvalidRequestError, match="must be"):
        parse_export_options(wish)


def test_a_report_lists_its_losses() -> None:
    report = ExportReport(ExportFormat.COCO, images=2, annotations=1)
    report.note_loss("holes_filled", "holes are filled", 7)
    assert format_report(report) == {
        "format": "coco",
        "images": 2,
        "annotations": 1,
        "categories": 0,
        "compared": 0,
        "parts": {},
        "losses": [
            {"code": "holes_filled", "text": "holes are filled", "count": 1, "annotation_ids": [7]}
        ],
    }
