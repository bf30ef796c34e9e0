"""The fourth step puts everything into a first project."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.domain.image_record import ImageState
from app.storage.database import Database
from app.storage.image_store import ImageStore
from app.storage.project_store import ProjectStore


def test_earlier_images_and_classes_are_in_the_first_project(earlier_path: Path) -> None:
    database = Database(earlier_path)
    (project,) = ProjectStore(database).list_all()
    (image,) = ImageStore(database).list_all(project.id)
    database.close()
    assert (project.name, image.file.file_name) == ("First project", "photo.jpg")
    assert image.state is ImageState.IN_WORK
    connection = sqlite3.connect(earlier_path)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    ids = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    connection.close()
    assert (ids["images"], ids["categories"], ids["annotations"]) == (1, 2, 2)


def test_references_are_checked_after_the_rebuilding(earlier_path: Path) -> None:
    database = Database(earlier_path)
    with database.read() as session:
        assert session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()
