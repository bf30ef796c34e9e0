"""Put a backup into an empty store; the rows may come from either kind of database."""

import argparse
import sys

from app.commands.options import add_store_options, to_path
from app.services.store_backup import restore_backup
from app.storage.file_store import FileStore
from app.storage.store import database_location
from app.storage.store_lock import store_lock

HELP = "put a backup into an empty store"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", type=to_path, help="a file of the command backup")
    add_store_options(parser)


def run(options: argparse.Namespace) -> int:
    """Restore the backup, all of it or nothing, and return 0.

    Raises:
        StartUpError: If the backup is damaged, or the store is not empty or in use.
    """
    with store_lock(options.data_dir):
        files = FileStore(options.data_dir)
        location = database_location(files, options.database_url)
        manifest = restore_backup(files, location, options.file)
    sys.stdout.write(
        f"restored {manifest.originals} originals and "
        f"{sum(table.rows for table in manifest.tables.values())} rows of {manifest.created_at}\n"
    )
    return 0
