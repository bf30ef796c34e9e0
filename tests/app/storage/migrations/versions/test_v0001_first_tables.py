"""The first step makes, column by column, what the first releases made without it."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine

from app.storage.migrations.versions.v0001_first_tables import upgrade
from tests.helpers.store_fixtures import MADE_EARLIER


def schema(connection: sqlite3.Connection) -> set[str]:
    """Return the statements that make the tables, their spaces and the order of parts aside."""
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {" ".join(sorted(re.split(r"[\s,]+", sql))) for (sql,) in rows}


def test_the_step_makes_what_the_first_releases_made(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        upgrade()
    engine.dispose()
    made, earlier = sqlite3.connect(tmp_path / "new.sqlite3"), sqlite3.connect(":memory:")
    earlier.executescript(MADE_EARLIER.read_text(encoding="utf-8"))
    assert schema(made) == schema(earlier)
    made.close()
    earlier.close()
