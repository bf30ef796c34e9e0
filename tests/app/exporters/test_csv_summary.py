"""The table has a line for every object and for every image without one."""

from __future__ import annotations

import csv
import io

import pytest

from app.domain.category import Category, CategoryContent
from app.domain.export import ExportFormat, ExportReport
from app.errors import ServerFaultError
from app.exporters.csv_summary import COLUMNS, CsvWriter
from app.exporters.image_writer import Place
from tests.helpers.datasets import SHAPES, MemoryDataset, dataset_of
from tests.helpers.export_archives import export, losses


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_object_has_a_line_with_its_measures() -> None:
    files, report = export(dataset_of(SHAPES["ring"]), ExportFormat.CSV)
    first, second = rows(files["objects.csv"])
    assert tuple(first) == COLUMNS
    assert (first["file_name"], first["category"], first["area"]) == (
        *("Käse 奶酪 1.jpg", "object", "10"),
    )
    assert (first["area_share"], first["bbox_width"]) == ("0.833333", "4")
    assert (second["image_id"], second["annotation_id"]) == ("2", "")
    assert losses(report) == {"masks_left_out": 1}


def test_no_text_is_taken_for_a_formula() -> None:
    dataset = dataset_of(SHAPES["full"])
    mask = dataset.all_masks[0]._replace(notes='=HYPERLINK("x")\nsecond, "line"')
    image = dataset.all_images[0]._replace(file_name="+cmd.jpg")
    category = Category(1, CategoryContent("@sum"))
    files, _ = export(MemoryDataset((image,), (mask,), (category,)), ExportFormat.CSV)
    (row,) = rows(files["objects.csv"])
    assert row["file_name"] == "'+cmd.jpg"
    assert row["category"] == "'@sum"
    assert row["notes"] == '\'=HYPERLINK("x")\nsecond, "line"'


def test_a_table_with_another_line_is_refused() -> None:
    dataset = dataset_of(SHAPES["full"])
    writer = CsvWriter(dataset.categories, ExportReport(ExportFormat.CSV))
    place, (image, masks) = Place("a", ""), next(dataset.masks_by_image())
    assert list(writer.write(image, masks, place)) == []
    ((_, content),) = writer.write_end()
    with pytest.raises(ServerFaultError, match="the lines of a differ"):
        writer.check(image, masks, place, lambda _: content.replace(b"object", b"other"))
