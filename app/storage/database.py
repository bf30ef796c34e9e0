"""The SQLite database: connection settings, transactions, first set-up."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.errors import StartUpError
from app.storage.schema_upgrade import upgrade_schema
from app.storage.tables import CategoryRow

BUSY_TIMEOUT_MS = 10_000
FIRST_CATEGORY = ("object", "#e69f00")


class Database:
    """One SQLite file in WAL mode, safe to use from many threads.

    Args:
        path: The file; made with its tables and a first category if it is not there,
            and brought up to date if an earlier version made it.

    Raises:
        StartUpError: If the file cannot be used or belongs to a later version.
    """

    def __init__(self, path: Path) -> None:
        self._engine = create_engine(URL.create("sqlite", database=str(path)))
        self._writing_engine = self._engine.execution_options(is_writing=True)
        event.listen(self._engine, "connect", _configure_connection)
        event.listen(self._engine, "begin", _begin_transaction)
        try:
            self._set_up()
        except DatabaseError as error:
            raise StartUpError(
                f"the database {path} must be a usable SQLite file, got: {error.orig}; "
                "move it away or choose another --data-dir"
            ) from error

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that sees one state of the database and changes nothing.

        Yields:
            The session.
        """
        with Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a session whose changes are saved all together, or not at all.

        The write lock is taken at the start, so that nothing read inside can be
        outdated when it is written.

        Yields:
            The session.
        """
        with Session(self._writing_engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def _set_up(self) -> None:
        with self._writing_engine.begin() as connection:
            upgrade_schema(connection)
            with Session(connection) as session:
                if session.scalar(select(CategoryRow.id).limit(1)) is None:
                    name, color = FIRST_CATEGORY
                    session.add(CategoryRow(name=name, supercategory="", color=color))
                    session.flush()


def utc_now() -> str:
    """Return the present time as it stands in the database: UTC, milliseconds, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _configure_connection(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, see below
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "foreign_keys = ON",
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_transaction(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
