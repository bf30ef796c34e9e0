"""Put a backup into an empty store, or the backup of a project next to what is there."""

import argparse
import sys

from app.commands.options import add_store_options, to_path
from app.errors import AppError
from app.services.backup_file import Scope, scope_of
from app.services.project_restore import restore_project
from app.services.store_backup import restore_backup
from app.storage.file_store import FileStore
from app.storage.project_store import ProjectStore
from app.storage.store import database_location, opened_store
from app.storage.store_lock import store_lock

HELP = "put a backup into an empty store, or a project next to others"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", type=to_path, help="a file of the command backup")
    add_store_options(parser)


def run(options: argparse.Namespace) -> int:
    """Restore the backup, all of it or nothing, and return 0, or 1 if the store refused.

    Raises:
        StartUpError: If the backup is damaged, or a store that must be empty is not, or in use.
    """
    if scope_of(options.file) is Scope.PROJECT:
        return _add_project(options)
    with store_lock(options.data_dir):
        files = FileStore(options.data_dir)
        location = database_location(files, options.database_url)
        manifest = restore_backup(files, location, options.file)
    sys.stdout.write(
        f"restored {manifest.originals} originals and "
        f"{sum(table.rows for table in manifest.tables.values())} rows of {manifest.created_at}\n"
    )
    return 0


def _add_project(options: argparse.Namespace) -> int:
    with opened_store(options.data_dir, options.database_url) as store:
        try:
            project = ProjectStore(store.database).find(restore_project(store, options.file))
        except AppError as error:
            sys.stderr.write(f"maskwright: {error.message}; {error.hint}\n")
            return 1
    if project is not None:
        images = sum(project.image_counts.values())
        sys.stdout.write(
            f"restored project {project.id} {project.name!r}: {images} images, "
            f"{project.object_count} masks\n"
        )
    return 0
