"""Rows travel as JSON lines between databases of both kinds."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Table

from app.domain.category import CategoryContent
from app.domain.user import Role
from app.storage.category_store import CategoryStore
from app.storage.database import Database
from app.storage.file_store import FileStore
from app.storage.snapshot import read_dataset
from app.storage.store import Store
from app.storage.table_dump import TRANSIENT, clear_tables, dump_table, load_table, tables_of
from tests.helpers.accounts import PASSWORD, make_accounts
from tests.helpers.filled_store import fill_store


def dump(database: Database) -> dict[str, list[str]]:
    with database.read() as session:
        connection = session.connection()
        return {table.name: list(dump_table(connection, table)) for table in tables_of(connection)}


def load(database: Database, rows: dict[str, list[str]]) -> None:
    with database.write() as session:
        connection = session.connection()
        tables: list[Table] = tables_of(connection)
        clear_tables(connection)
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


def test_users_travel_and_sessions_do_not(database: Database, tmp_path: Path) -> None:
    origin = Database(tmp_path / "origin.sqlite3")
    people = make_accounts(origin)
    people.add_user("Ada", PASSWORD, Role.OWNER)
    rows = dump(origin)
    origin.close()
    assert len(rows["users"]) == 1
    assert not set(TRANSIENT) & set(rows)
    # Who was signed in here must not become whoever gets the same number there.
    here = make_accounts(database)
    here.add_user("Eve", PASSWORD, Role.OWNER)
    _, key = here.sign_in("Eve", PASSWORD)
    load(database, rows)
    assert here.user_of(key) is None
    assert here.sign_in("Ada", PASSWORD)[0].name == "Ada"
