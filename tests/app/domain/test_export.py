"""A report lists every kind of loss once."""

from __future__ import annotations

from app.domain.export import MOST_EXAMPLES, ExportFormat, ExportReport


def test_losses_of_one_kind_are_counted_and_the_first_are_named() -> None:
    report = ExportReport(ExportFormat.COCO)
    for number in range(MOST_EXAMPLES + 3):
        report.note_loss("holes_filled", "holes are filled", number)
    report.note_loss("overlaps_cut", "overlaps are cut", 1)
    holes, overlaps = report.losses
    assert (holes.count, len(holes.annotation_ids)) == (MOST_EXAMPLES + 3, MOST_EXAMPLES)
    assert (overlaps.count, overlaps.annotation_ids) == (1, [1])
