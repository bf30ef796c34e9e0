"""A report lists every kind of loss once."""

from __future__ import annotations

from app.domain.export import MOST_EXAMPLES, ExportFormat, ExportReport, Loss


def test_losses_of_one_kind_are_counted_and_the_first_are_named() -> None:
    report = ExportReport(ExportFormat.COCO)
    for number in range(MOST_EXAMPLES + 3):
        report.note_loss("holes_filled", "holes are filled", number)
    report.note_loss("overlaps_cut", "overlaps are cut", 1)
    holes, overlaps = report.losses
    assert (holes.count, len(holes.annotation_ids)) == (MOST_EXAMPLES + 3, MOST_EXAMPLES)
    assert (overlaps.count, overlaps.annotation_ids) == (1, [1])


def test_the_parts_of_an_export_add_up() -> None:
    whole, part = ExportReport(ExportFormat.COCO), ExportReport(ExportFormat.COCO, 2, 3, 4, 3)
    part.note_loss("holes_filled", "holes are filled", 7)
    whole.add(part)
    whole.add(
        ExportReport(ExportFormat.COCO, 1, 1, 4, 1, losses=[Loss("holes_filled", "", 1, [9])])
    )
    assert (whole.images, whole.annotations, whole.categories, whole.compared) == (3, 4, 4, 4)
    (loss,) = whole.losses
    assert (loss.count, loss.annotation_ids) == (2, [7, 9])
