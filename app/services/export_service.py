"""Exports, checked before they leave."""

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from app.domain.dataset import DatasetView
from app.domain.export import ExportFormat, ExportOptions, ExportReport
from app.domain.served_file import ServedFile
from app.errors import meaning_of_os_error
from app.exporters.archive import write_archive
from app.exporters.coco import write_coco
from app.exporters.coco_check import check_coco
from app.exporters.provenance import write_provenance
from app.exporters.split import PARTS, DatasetPart
from app.services.background_jobs import BackgroundJobs, Job, Progress
from app.services.bulk_work import rare_collections
from app.services.staging import new_place, remove_old
from app.storage.database import Database
from app.storage.dataset_reader import DatasetReader, open_dataset


@dataclass(frozen=True, slots=True)
class FinishedExport:
    """A file that was read back and equals what is kept.

    Attributes:
        file: The file; it lies in a folder of its own.
        report: What it holds and what the format could not carry.
    """

    file: ServedFile
    report: ExportReport


class ExportService:
    """Makes files of everything that is kept.

    Args:
        database: Where it is kept.
        folder: Where the files wait to be fetched; those of another day are deleted.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._jobs: BackgroundJobs[FinishedExport] = BackgroundJobs("export", self.discard)
        remove_old(folder)

    def start(self, options: ExportOptions) -> Job[FinishedExport]:
        """Begin an export in the background."""
        return self._jobs.start(lambda progress: self.make(options, progress))

    def job(self, job_id: int) -> Job[FinishedExport]:
        """Return an export that was started.

        Raises:
            NotFoundError: If there is none.
        """
        return self._jobs.get(job_id)

    def make(self, options: ExportOptions, progress: Progress | None = None) -> FinishedExport:
        """Write an export, read it back, and return it.

        Args:
            options: What it shall be.
            progress: Is told how many rows of how many were read.

        Raises:
            AppError: If there is no such project, the disk is full, or what was read back is
                not what is kept.
            OSError: If writing failed in any other way.
        """
        try:
            place = new_place(self._folder)
            try:
                return self._make_in(place, options, progress)
            except BaseException:
                shutil.rmtree(place, ignore_errors=True)
                raise
        except OSError as error:
            meant = meaning_of_os_error(error)
            if meant is None:
                raise
            raise meant from error

    def discard(self, export: FinishedExport) -> None:
        """Delete the file of an export."""
        shutil.rmtree(export.file.path.parent, ignore_errors=True)

    def close(self) -> None:
        """Stop the background thread."""
        self._jobs.close()

    def _make_in(
        self, place: Path, options: ExportOptions, progress: Progress | None
    ) -> FinishedExport:
        report = ExportReport(options.format)
        with open_dataset(self._database, options.project_id) as dataset, rare_collections():
            if progress is not None:
                dataset.on_rows = _counting(dataset, progress)
            if options.format is not ExportFormat.COCO:
                path = place / f"{options.format.value}.zip"
                write_archive(dataset, path, options.split, report)
                _add_report(path, report)
            else:
                path = _make_coco(place, dataset, options, report)
        return FinishedExport(_served(path), report)


def _counting(dataset: DatasetReader, progress: Progress) -> Callable[[int], None]:
    total = 2 * (dataset.facts.image_count + dataset.facts.annotation_count)
    done = 0

    def note(count: int) -> None:
        nonlocal done
        done += count
        progress(min(done, total), total)

    return note


def _make_coco(
    place: Path, dataset: DatasetReader, options: ExportOptions, report: ExportReport
) -> Path:
    parts: dict[str, DatasetView] = {"annotations": dataset}
    if options.split is not None:
        parts = {part: DatasetPart(dataset, options.split, part) for part in PARTS}
    for name, part in parts.items():
        path = place / f"{name}.json"
        found = ExportReport(options.format)
        with path.open("wb") as file:
            write_coco(part, options.segmentation, file, found)
        check_coco(path, part, options.segmentation, found)
        report.add(found)
        if options.split is not None:
            report.parts[name] = found.images
    if len(parts) == 1 and not options.with_provenance:
        return path
    return _pack(place, dataset, options, report)


def _pack(
    place: Path, dataset: DatasetReader, options: ExportOptions, report: ExportReport
) -> Path:
    archive_path = place / "coco.zip"
    with zipfile.ZipFile(archive_path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(place.glob("*.json")):
            archive.write(path, path.name)
            path.unlink()
        if options.with_provenance:
            with archive.open("provenance.jsonl", "w", force_zip64=True) as file:
                write_provenance(dataset.annotations(), file)
    _add_report(archive_path, report)
    return archive_path


def _add_report(path: Path, report: ExportReport) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("report.json", json.dumps(asdict(report), indent=2))


def _served(path: Path) -> ServedFile:
    media_type = "application/zip" if path.suffix == ".zip" else "application/json"
    return ServedFile(path, media_type, path.parent.name, path.name)
