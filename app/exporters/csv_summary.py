"""A table of all objects for spreadsheets: everything but the masks."""

import csv
import io
from collections.abc import Iterator, Sequence

from app.domain.category import Category
from app.domain.dataset import DatasetImage, DatasetMask
from app.domain.export import ExportReport
from app.exporters.coco_check import refuse_export
from app.exporters.image_writer import NamedFile, Place, ReadFile
from app.exporters.names import to_csv_text

COLUMNS = (
    *("image_id", "file_name", "image_width", "image_height", "part"),
    *("annotation_id", "category_id", "category", "area", "area_share"),
    *("bbox_x", "bbox_y", "bbox_width", "bbox_height", "iscrowd", "group_id", "notes"),
)


class CsvWriter:
    """Writes one table of all objects, which is kept until the end; see `ImageWriter`.

    Args:
        categories: The classes.
        report: Where losses are counted.
    """

    def __init__(self, categories: Sequence[Category], report: ExportReport) -> None:
        self._report = report
        self._names = {category.id: category.content.name for category in categories}
        self._table = io.StringIO(newline="")
        self._lines_read: Iterator[list[str]] | None = None
        self._writer = csv.writer(self._table)
        self._writer.writerow(COLUMNS)

    def write(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place
    ) -> Iterator[NamedFile]:
        """Add the lines of an image; an image without objects has one with empty fields.

        Yields:
            Nothing; the table is whole at the end.
        """
        for mask in masks:
            text = "a table has no masks, only their measures"
            self._report.note_loss("masks_left_out", text, mask.id)
        self._writer.writerows(self._rows(image, masks, place))
        yield from ()

    def write_end(self) -> Iterator[NamedFile]:
        """Give the table.

        Yields:
            Its path and its bytes.
        """
        # The mark at the start tells Excel that this is UTF-8.
        yield "objects.csv", self._table.getvalue().encode("utf-8-sig")

    def check(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place, read: ReadFile
    ) -> None:
        """Compare the next lines of the table with the store.

        Raises:
            ServerFaultError: If they differ.
        """
        if self._lines_read is None:
            text = read("objects.csv").decode("utf-8-sig")
            self._lines_read = csv.reader(io.StringIO(text, newline=""))
            next(self._lines_read)
        for row in self._rows(image, masks, place):
            if next(self._lines_read, None) != [str(value) for value in row]:
                refuse_export(f"the lines of {place.stem} differ")

    def _rows(
        self, image: DatasetImage, masks: Sequence[DatasetMask], place: Place
    ) -> list[list[object]]:
        name = to_csv_text(image.file_name)
        start: list[object] = [image.id, name, image.width, image.height, place.part]
        if not masks:
            return [start + [""] * (len(COLUMNS) - len(start))]
        return [start + self._fields(image, mask) for mask in masks]

    def _fields(self, image: DatasetImage, mask: DatasetMask) -> list[object]:
        return [
            *(mask.id, mask.category_id, to_csv_text(self._names[mask.category_id]), mask.area),
            f"{mask.area / (image.width * image.height):.6f}",
            *mask.bbox_xywh,
            *(int(mask.is_crowd), "" if mask.group_id is None else mask.group_id),
            to_csv_text(mask.notes or ""),
        ]
