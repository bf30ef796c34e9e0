"""Whether the database itself is whole."""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

_RESTORE = "restore the last backup into an empty folder"


def database_faults(session: Session) -> Iterator[tuple[str, str]]:
    """Go through what the database says about itself.

    PostgreSQL guards references itself and finds damaged pages when it reads them.

    Yields:
        A sentence about each fault, and what a person can do.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SELECT 1"))
        return
    for (said,) in session.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"the database file must be whole, got: {said}", _RESTORE
    for table, row, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
        yield f"row {row} of {table} must name a row of {parent} that is there", _RESTORE
