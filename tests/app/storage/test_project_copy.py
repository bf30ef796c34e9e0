"""The rows of a project are its own, and get new ids where they are added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.file_store import FileStore
from app.storage.project_copy import PROJECT_TABLES, Row, choose_project, copy_project
from app.storage.project_store import ProjectStore
from app.storage.store import Store
from tests.helpers.filled_store import fill_store


@pytest.fixture
def store(tmp_path: Path, database_url: URL) -> Iterator[Store]:
    store = Store(Database(database_url), FileStore(tmp_path / "data"))
    fill_store(store)
    yield store
    store.database.close()


def rows_of(store: Store, project_id: int) -> dict[str, int]:
    with store.database.read() as session:
        connection = session.connection()
        return {
            table.name: len(connection.execute(rows).all())
            for table, rows in choose_project(connection, project_id)
        }


def test_the_rows_of_a_project_are_chosen_with_deleted_ones(store: Store) -> None:
    assert tuple(rows_of(store, 1)) == PROJECT_TABLES
    assert rows_of(store, 1) == dict(zip(PROJECT_TABLES, (1, 2, 1, 2, 2), strict=True))
    other = ProjectStore(store.database).add("other")
    assert rows_of(store, other.id) == dict(zip(PROJECT_TABLES, (1, 1, 0, 0, 0), strict=True))


def test_rows_are_added_under_new_ids_after_they_were_looked_at(
    store: Store, tmp_path: Path
) -> None:
    target = Database(tmp_path / "target.sqlite3")
    seen: list[str] = []

    def revise(table: str, rows: list[Row]) -> None:
        seen.append(table)
        if table == "images":
            rows[0]["file_name"] = "revised.jpg"

    with store.database.read() as source, target.write() as session:
        number = copy_project(source.connection(), session.connection(), "copy", revise)
    assert (number, tuple(seen)) == (2, PROJECT_TABLES)
    (project,) = ProjectStore(target).list_all()[1:]
    assert (project.name, project.cover[0].file.file_name) == ("copy", "revised.jpg")
    assert [version.annotation.id for version in AnnotationStore(target).history(1)] == [1, 1]
    target.close()


def test_a_row_that_refers_to_none_is_refused(store: Store, tmp_path: Path) -> None:
    target = Database(tmp_path / "target.sqlite3")

    def revise(table: str, rows: list[Row]) -> None:
        if table == "annotations":
            rows[0]["image_id"] = 77

    with (
        pytest.raises(ValueError, match="image_id 77 names nothing"),
        store.database.read() as source,
        target.write() as session,
    ):
        copy_project(source.connection(), session.connection(), "copy", revise)
    assert len(ProjectStore(target).list_all()) == 1
    target.close()
