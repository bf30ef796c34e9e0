"""Reports of imports as JSON."""

from __future__ import annotations

from app.domain.dataset_import import ImportFormat, ImportReport
from app.schemas.import_schema import format_import_report


def test_a_report_lists_its_notes() -> None:
    report = ImportReport(ImportFormat.COCO, is_dry_run=True, added=2)
    report.note("mask_empty", "left out", "annotation 3")
    written = format_import_report(report)
    assert (written["format"], written["is_dry_run"], written["added"]) == ("coco", True, 2)
    assert written["notes"] == [
        {"code": "mask_empty", "text": "left out", "count": 1, "examples": ["annotation 3"]}
    ]
