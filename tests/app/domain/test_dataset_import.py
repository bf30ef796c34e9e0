"""A report counts what is odd by kind."""

from __future__ import annotations

from app.domain.dataset_import import MOST_EXAMPLES, ImportFormat, ImportReport


def test_notes_of_one_kind_are_counted_and_the_first_are_named() -> None:
    report = ImportReport(ImportFormat.COCO, is_dry_run=True)
    for number in range(MOST_EXAMPLES + 3):
        report.note("mask_empty", "left out", f"annotation {number}")
    (note,) = report.notes
    assert (note.count, len(note.examples)) == (MOST_EXAMPLES + 3, MOST_EXAMPLES)
