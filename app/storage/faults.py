"""What a failure of the database means for whoever asked."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError

from app.errors import AppError, UnavailableError, disk_full_error, read_only_error

# The first byte of SQLite's result codes, and the SQLSTATE codes of PostgreSQL.
_BUSY = {5, 6, "55P03"}
_FULL = {13, "53100"}
_READ_ONLY = {8, "25006"}
_AWAY = {10, 14}
_AWAY_CLASSES = ("08", "57")


@contextmanager
def reporting_faults() -> Iterator[None]:
    """Turn failures of the database that a client can wait for into errors that say so.

    Raises:
        AppError: If the database is locked, full, read-only or away.
        DBAPIError: If it failed in any other way.
    """
    try:
        yield
    except DBAPIError as error:
        meant = _meaning(error)
        if meant is None:
            raise
        raise meant from error


def busy_error() -> UnavailableError:
    """Return the refusal of a database that somebody else writes for too long."""
    return UnavailableError(
        "database_busy",
        "the database must be free to be written, but another program holds it",
        "try again; if it stays so, end the other program",
    )


def _meaning(error: DBAPIError) -> AppError | None:
    code = _code_of(error)
    if code in _FULL:
        return disk_full_error()
    if code in _READ_ONLY:
        return read_only_error()
    if code in _BUSY:
        return busy_error()
    if error.connection_invalidated or code in _AWAY or _is_away(code):
        return UnavailableError(
            "database_unavailable",
            "the database must answer, but it does not",
            "try again; if it stays so, look whether the disk or the database server runs",
        )
    return None


def _code_of(error: DBAPIError) -> int | str:
    """Return SQLite's primary code or PostgreSQL's SQLSTATE; "08" if no connection was made."""
    extended = getattr(error.orig, "sqlite_errorcode", None)
    if extended is not None:
        return int(extended) & 0xFF
    if isinstance(error.orig, psycopg.Error):
        return error.orig.sqlstate or "08"
    return 0


def _is_away(code: int | str) -> bool:
    return isinstance(code, str) and code.startswith(_AWAY_CLASSES)
