"""Rows travel as JSON lines between databases of both kinds."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Table

from app.domain.category import CategoryContent
from app.storage.category_store import CategoryStore
from app.storage.database import Database
from app.storage.file_store import FileStore
from app.storage.snapshot import read_dataset
from app.storage.store import Store
from app.storage.table_dump import clear_tables, dump_table, load_table, tables_of
from tests.helpers.filled_store import fill_store


def dump(database: Database) -> dict[str, list[str]]:
    with database.read() as session:
        connection = session.connection()
        return {table.name: list(dump_table(connection, table)) for table in tables_of(connection)}


def load(database: Database, rows: dict[str, list[str]]) -> None:
    with database.write() as session:
        connection = session.connection()
        tables: list[Table] = tables_of(connection)
        clear_tables(connection, tables)
        for table in tables:
            assert load_table(connection, table, rows[table.name]) == len(rows[table.name])


def test_rows_of_either_database_come_back_in_either(database: Database, tmp_path: Path) -> None:
    origin = Database(tmp_path / "origin.sqlite3")
    fill_store(Store(origin, FileStore(tmp_path / "data")))
    rows = dump(origin)
    assert len(rows["annotation_versions"]) == 2
    load(database, rows)
    assert read_dataset(database) == read_dataset(origin)
    assert dump(database) == rows
    origin.close()


def test_new_ids_count_on(database: Database) -> None:
    categories = CategoryStore(database)
    categories.add(CategoryContent("cat"))
    load(database, dump(database))
    assert categories.add(CategoryContent("dog")).id == 3


@pytest.mark.parametrize("line", ["[]", '{"id": 1}', '{"id": 1, "other": 2}'])
def test_a_line_that_is_no_row_is_refused(database: Database, line: str) -> None:
    with database.write() as session:
        connection = session.connection()
        table = next(table for table in tables_of(connection) if table.name == "images")
        with pytest.raises(ValueError, match="a row of images must have exactly its columns"):
            load_table(connection, table, [line])
