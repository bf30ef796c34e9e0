"""Connections to the two databases, SQLite and PostgreSQL, with one behaviour.

A transaction that reads sees one state from its start to its end. A transaction that writes
holds the one write lock from its start, so that nothing it reads can be outdated when it
writes. A transaction that has been committed is on the disk.
"""

import sqlite3
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from app.errors import StartUpError

BUSY_TIMEOUT_MS = 10_000
LAST_RESORT_PAGES = 16_384

# Names the write lock among the locks of a PostgreSQL database; any number that stays the same.
_WRITE_LOCK = 6_277_101


def sqlite_url(path: Path) -> URL:
    """Return the address of a SQLite file."""
    return URL.create("sqlite", database=str(path))


def parse_database_url(text: str) -> URL:
    """Return the address of a PostgreSQL database, with the driver that this program brings.

    Raises:
        StartUpError: If it is the address of something else; the text is not repeated, for
            it may hold a password.

    Example:
        >>> parse_database_url("postgres://me@db.example/masks").drivername
        'postgresql+psycopg'
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        _refuse_address("something that is no address")
    if url.drivername.partition("+")[0] not in ("postgresql", "postgres"):
        _refuse_address(f"one that begins with {url.drivername}")
    return url.set(drivername="postgresql+psycopg")


def make_engines(url: URL) -> tuple[Engine, Engine]:
    """Return the engine for transactions that read and the one for those that write.

    Both share their connections.

    Args:
        url: From one of the functions above.
    """
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url)
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine, engine.execution_options(is_writing=True)
    # A connection that died while it was idle is replaced unseen.
    engine = create_engine(url, pool_pre_ping=True, pool_size=10)
    event.listen(engine, "begin", _begin_postgresql)
    return (
        engine.execution_options(isolation_level="REPEATABLE READ"),
        # The lock comes first, so what is committed before it is given must be seen after.
        engine.execution_options(isolation_level="READ COMMITTED", is_writing=True),
    )


def _refuse_address(got: str) -> NoReturn:
    raise StartUpError(
        "DATABASE_URL must look like postgresql://user:password@host/database, "
        f"got {got}; without it a SQLite file in the data folder is used"
    )


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, see below
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "foreign_keys = ON",
        "synchronous = FULL",
        # The log is copied by `log_copying.py`; SQLite does it where that does not come to it.
        f"wal_autocheckpoint = {LAST_RESORT_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_writing(connection) else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if _is_writing(connection):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")


def _is_writing(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("is_writing", False))
