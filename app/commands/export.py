"""Write the annotations in a format for other programs, read them back, say what was lost."""

import argparse
import shutil
import sys

from app.commands.options import add_store_options, to_id, to_path, to_whole_number
from app.commands.progress_line import ProgressLine
from app.domain.export import ExportFormat, ExportOptions, SegmentationKind, Split, SplitGroups
from app.errors import AppError, StartUpError
from app.services.export_service import ExportService
from app.storage.store import opened_store

HELP = "write annotations as COCO, YOLO, Pascal VOC, ..."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add = parser.add_argument
    add("file", type=to_path, help="the new file, for example annotations.json")
    add("--format", choices=[*ExportFormat], default="coco", help="what is written")
    add("--polygons", action="store_true", help="COCO with polygons instead of exact codes")
    add("--provenance", action="store_true", help="a second file says how masks were made")
    add("--project", type=to_id, default=None, help="id of one project; all without it")
    add("--split", type=_to_shares, default=None, help="percent for val,test: 10,10")
    add("--keep-series", action="store_true", help="the split keeps numbered names together")
    add_store_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write the file and print its report; return 0, or 1 if it was refused.

    Raises:
        StartUpError: If the store cannot be used or the file is there already.
    """
    if options.file.exists():
        raise StartUpError(f"the export must be a new file, but {options.file} exists")
    groups = SplitGroups.NAME_PREFIX if options.keep_series else SplitGroups.NONE
    wish = ExportOptions(
        ExportFormat(options.format),
        SegmentationKind.POLYGONS if options.polygons else SegmentationKind.RLE,
        with_provenance=options.provenance,
        project_id=options.project,
        split=Split(options.split[0], options.split[1], groups=groups) if options.split else None,
    )
    line = ProgressLine("exporting")
    with opened_store(options.data_dir, options.database_url) as store:
        service = ExportService(store.database, store.files.exports_dir)
        try:
            export = service.make(wish, line.show)
            shutil.copyfile(export.file.path, options.file)
            service.discard(export)
        except AppError as error:
            sys.stderr.write(f"maskwright: {error.message}; {error.hint}\n")
            return 1
        finally:
            line.end()
            service.close()
    report = export.report
    sys.stdout.write(
        f"{options.file}: {report.images} images, {report.annotations} masks, "
        f"{report.compared} read back and compared\n"
    )
    for loss in report.losses:
        sys.stdout.write(f"lost by {loss.count} masks: {loss.text}\n")
    return 0


def _to_shares(text: str) -> tuple[int, int]:
    val, _, test = text.partition(",")
    shares = to_whole_number(val, 0, 100), to_whole_number(test, 0, 100)
    if sum(shares) > 100:
        raise argparse.ArgumentTypeError(f"must leave something for training, got {text}")
    return shares
