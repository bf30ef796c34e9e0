"""The database says itself whether it is whole."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.domain.category import CategoryContent
from app.storage.category_store import CategoryStore
from app.storage.database import Database
from app.storage.integrity import database_faults


def faults(database: Database) -> list[str]:
    with database.read() as session:
        return [what for what, _ in database_faults(session)]


def test_a_whole_database_has_no_faults(database: Database) -> None:
    assert faults(database) == []


def test_a_row_that_names_nothing_is_found(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite3"
    Database(path).close()
    with sqlite3.connect(path) as careless:
        careless.execute("INSERT INTO annotation_versions VALUES (99, 1, '{}', NULL)")
    careless.close()
    database = Database(path)
    assert faults(database) == [
        "row 1 of annotation_versions must name a row of annotations that is there"
    ]
    database.close()


def test_a_damaged_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite3"
    database = Database(path)
    for number in range(100):
        CategoryStore(database).add(CategoryContent(f"category {number}"))
    database.close()
    content = path.read_bytes()
    assert content.count(b"category 50") == 2  # in the table, and in the index of names
    path.write_bytes(content.replace(b"category 50", b"category 51", 1))
    database = Database(path)
    assert faults(database)
    database.close()
