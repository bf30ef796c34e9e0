"""A database that the first releases made."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

MADE_EARLIER = Path(__file__).parent / "databases" / "version_1.sql"


@pytest.fixture
def earlier_path(tmp_path: Path) -> Path:
    """Return a database as the code before Alembic left it: two annotations, one deleted."""
    path = tmp_path / "earlier.sqlite3"
    connection = sqlite3.connect(path)
    connection.executescript(MADE_EARLIER.read_text(encoding="utf-8"))
    connection.close()
    return path
