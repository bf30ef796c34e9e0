"""The second step adds the client's keys."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.storage.database import Database
from app.storage.tables import AnnotationRow


def give_all_one_key(database: Database) -> None:
    with database.write() as session:
        for row in session.query(AnnotationRow):
            row.client_key = "the same"


def test_a_key_is_unique_per_image_and_none_is_no_key(earlier_path: Path) -> None:
    database = Database(earlier_path)
    with database.read() as session:
        assert [row.client_key for row in session.query(AnnotationRow)] == [None, None]
    with pytest.raises(IntegrityError, match="UNIQUE"):
        give_all_one_key(database)
    database.close()
    connection = sqlite3.connect(earlier_path)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
