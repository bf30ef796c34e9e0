"""An empty database, and one that the first releases made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.database import Database

MADE_EARLIER = Path(__file__).parent / "databases" / "version_1.sql"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "db.sqlite3")
    yield database
    database.close()


@pytest.fixture
def earlier_path(tmp_path: Path) -> Path:
    """Return a database as the code before Alembic left it: two annotations, one deleted."""
    path = tmp_path / "earlier.sqlite3"
    connection = sqlite3.connect(path)
    connection.executescript(MADE_EARLIER.read_text(encoding="utf-8"))
    connection.close()
    return path
