"""Take annotations of another program in; with --dry-run, only say what would come of it."""

import argparse
import sys

from app.commands.options import add_store_options, to_id, to_path
from app.commands.progress_line import ProgressLine
from app.domain.dataset_import import ImportReport
from app.errors import AppError, StartUpError
from app.services.import_service import ImportService, StagedFile
from app.storage.store import opened_store

HELP = "take annotations of other programs in"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add = parser.add_argument
    add(
        "file",
        type=to_path,
        help="COCO, or a ZIP archive of COCO, YOLO, Pascal VOC, LabelMe, panoptic or PNG",
    )
    add("--dry-run", action="store_true", help="change nothing, only say what would come")
    add("--project", type=to_id, default=None, help="id of the project; the oldest without it")
    add_store_options(parser)


def run(options: argparse.Namespace) -> int:
    """Read the file and print the report; return 0, or 1 if it was refused.

    Raises:
        StartUpError: If the store cannot be used or there is no such file.
    """
    if not options.file.is_file():
        raise StartUpError(f"the file must be there, got {options.file}")
    line = ProgressLine("importing")
    staged = StagedFile(options.file, options.file.name, options.project)
    with opened_store(options.data_dir, options.database_url) as store:
        service = ImportService(store.database, store.files.imports_dir)
        try:
            outcome = service.run(staged, line.show, is_dry_run=options.dry_run)
        except AppError as error:
            sys.stderr.write(f"maskwright: {error.message}; {error.hint}\n")
            return 1
        finally:
            line.end()
            service.close()
    _print(outcome.report)
    return 0


def _print(report: ImportReport) -> None:
    added = "would be added" if report.is_dry_run else "added"
    sys.stdout.write(
        f"{report.format.value}: {report.images_found} of {report.images} images found; "
        f"of {report.annotations} masks {report.added} {added}, "
        f"{report.already_there} already there\n"
    )
    if report.new_categories:
        sys.stdout.write(f"new classes: {', '.join(report.new_categories)}\n")
    for note in report.notes:
        sys.stdout.write(f"note: {note.count} x {note.text} ({', '.join(note.examples[:3])})\n")
