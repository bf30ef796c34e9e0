"""Projects as one file each, for the page: taken out of the store, put into it."""

import shutil
from pathlib import Path
from typing import IO

from app.domain.project import Project
from app.domain.served_file import ServedFile
from app.errors import StartUpError, UnprocessableError, meaning_of_os_error
from app.exporters.names import UniqueStems
from app.services.project_restore import restore_project
from app.services.project_service import ProjectService
from app.services.staging import new_place
from app.services.store_backup import write_backup
from app.storage.store import Store


class ProjectBackups:
    """Writes and restores backups of single projects.

    Args:
        store: Where projects are kept.
        projects: Names them.
    """

    def __init__(self, store: Store, projects: ProjectService) -> None:
        self._store = store
        self._projects = projects

    def make(self, project_id: int) -> ServedFile:
        """Write a project as one file, in a folder of its own, and read it back.

        Raises:
            AppError: If there is no such project or the disk is full.
            OSError: If writing failed in any other way.
        """
        name = UniqueStems().take(f"{self._projects.get(project_id).name}.zip", project_id)
        place = self._new_place(self._store.files.exports_dir)
        path = place / "project.zip"
        try:
            write_backup(self._store, path, project_id)
        except BaseException as error:
            shutil.rmtree(place, ignore_errors=True)
            cause = error.__cause__
            meant = meaning_of_os_error(cause) if isinstance(cause, OSError) else None
            if meant is not None:
                raise meant from error
            raise
        return ServedFile(path, "application/zip", place.name, f"{name}.zip")

    def discard(self, file: ServedFile) -> None:
        """Delete what `make` gave."""
        shutil.rmtree(file.path.parent, ignore_errors=True)

    def restore(self, content: IO[bytes]) -> Project:
        """Add the project of a file next to those that are there.

        Raises:
            UnprocessableError: If the file is no sound backup of a project.
            AppError: If the store cannot take it.
            OSError: If reading or writing failed in any other way.
        """
        place = self._new_place(self._store.files.imports_dir)
        try:
            path = place / "project.zip"
            try:
                with path.open("wb") as file:
                    shutil.copyfileobj(content, file)
            except OSError as error:
                raise meaning_of_os_error(error) or error from error
            return self._projects.get(restore_project(self._store, path))
        except StartUpError as error:
            raise UnprocessableError(
                "backup_unusable", str(error), "choose a file that a project was saved as"
            ) from error
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def _new_place(self, folder: Path) -> Path:
        try:
            return new_place(folder)
        except OSError as error:
            raise meaning_of_os_error(error) or error from error
