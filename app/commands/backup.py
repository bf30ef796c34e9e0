"""Write the whole store, or a project, originals included, as one file; the server may run."""

import argparse
import sys

from app.commands.options import add_store_options, to_id, to_path
from app.errors import AppError
from app.services.store_backup import write_backup
from app.storage.store import opened_store

HELP = "write everything, or a project, as one file"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", type=to_path, help="the new file, for example masks.zip")
    parser.add_argument(
        "--project", type=to_id, default=None, help="id of one project; all without"
    )
    add_store_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write and verify the backup; return 0, or 1 if it was refused or originals were lost.

    Raises:
        StartUpError: If the store cannot be used or the file not be written.
    """
    with opened_store(options.data_dir, options.database_url) as store:
        try:
            manifest = write_backup(store, options.file, options.project)
        except AppError as error:
            sys.stderr.write(f"maskwright: {error.message}; {error.hint}\n")
            return 1
    rows = ", ".join(f"{table.rows} {name}" for name, table in manifest.tables.items())
    files = f"{manifest.originals} originals, {manifest.tuned} tuned models"
    sys.stdout.write(f"{options.file}: {files}, {rows}; verified\n")
    for sha256 in manifest.missing:
        sys.stdout.write(
            f"problem: the store has lost the original or tuned model {sha256}; see doctor\n"
        )
    return 1 if manifest.missing else 0
