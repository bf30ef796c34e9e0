"""Formats with files per image, as one ZIP archive."""

import zipfile
from pathlib import Path

from app.domain.dataset import DatasetView
from app.domain.export import ExportFormat, ExportReport, Split
from app.errors import AppError, ServerFaultError
from app.exporters.coco_check import refuse_export
from app.exporters.csv_summary import CsvWriter
from app.exporters.image_writer import ImageWriter, Place
from app.exporters.label_png import InstancePngWriter, SemanticPngWriter
from app.exporters.labelme import LabelmeWriter
from app.exporters.names import UniqueStems
from app.exporters.panoptic import PanopticWriter
from app.exporters.pascal_voc import PascalVocWriter
from app.exporters.split import part_of
from app.exporters.yolo import YoloWriter
from app.importers.image_list import IMAGE_LIST, image_line

WRITERS: dict[ExportFormat, type[ImageWriter]] = {
    ExportFormat.YOLO: YoloWriter,
    ExportFormat.PASCAL_VOC: PascalVocWriter,
    ExportFormat.LABELME: LabelmeWriter,
    ExportFormat.INSTANCE_PNG: InstancePngWriter,
    ExportFormat.SEMANTIC_PNG: SemanticPngWriter,
    ExportFormat.PANOPTIC: PanopticWriter,
    ExportFormat.CSV: CsvWriter,
}


def write_archive(
    dataset: DatasetView, path: Path, split: Split | None, report: ExportReport
) -> None:
    """Write a data set in the format of its report, and read it back.

    Args:
        dataset: What to write.
        path: Of the archive.
        split: How images are dealt out; ``None`` keeps them together.
        report: Gets the counts and what was lost.

    Raises:
        ServerFaultError: If what was read back is not what is kept.
        UnprocessableError: If there is more than the format can number.
    """
    writer = WRITERS[report.format](dataset.categories, report)
    report.categories = len(dataset.categories)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        stems = UniqueStems()
        for image, masks in dataset.masks_by_image():
            part = part_of(image, split) if split else ""
            place = Place(stems.take(image.file_name, image.id), part)
            for name, content in writer.write(image, masks, place):
                archive.writestr(name, content)
            report.images += 1
            report.annotations += len(masks)
            if part:
                report.parts[part] = report.parts.get(part, 0) + 1
        for name, content in writer.write_end():
            archive.writestr(name, content)
        if report.format is not ExportFormat.CSV:  # its table says the same
            _write_image_list(archive, dataset)
    _check(writer, dataset, path, split, report)


def _write_image_list(archive: zipfile.ZipFile, dataset: DatasetView) -> None:
    stems = UniqueStems()
    with archive.open(IMAGE_LIST, "w") as file:
        for image in dataset.images():
            file.write(image_line(stems.take(image.file_name, image.id), image).encode())


def _check(
    writer: ImageWriter, dataset: DatasetView, path: Path, split: Split | None, report: ExportReport
) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            stems = UniqueStems()
            for image, masks in dataset.masks_by_image():
                part = part_of(image, split) if split else ""
                place = Place(stems.take(image.file_name, image.id), part)
                writer.check(image, masks, place, archive.read)
                report.compared += len(masks)
    except ServerFaultError:
        raise
    except (AppError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        refuse_export(f"it could not be read: {error}")
