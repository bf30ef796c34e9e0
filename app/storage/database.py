"""The database: transactions, first set-up, and what its failures mean."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.errors import StartUpError
from app.storage import engines
from app.storage.engines import make_engines, sqlite_url
from app.storage.faults import reporting_faults
from app.storage.log_copying import LogCopying
from app.storage.schema_upgrade import schema_transaction, upgrade_schema
from app.storage.shared_commit import SharedCommit
from app.storage.tables import CategoryRow, ProjectRow

FIRST_CATEGORY = ("object", "#e69f00")


class Database:
    """A SQLite file or a PostgreSQL database, safe to use from many threads.

    Args:
        location: The SQLite file, or the address of a PostgreSQL database. Tables and a
            first category are made if they are not there, and brought up to date if an
            earlier version made them.

    Raises:
        StartUpError: If it cannot be used or belongs to a later version.
    """

    def __init__(self, location: Path | URL) -> None:
        url = sqlite_url(location) if isinstance(location, Path) else location
        self._engine, self._writing_engine = make_engines(url)
        self._shared: SharedCommit | None = None
        self._copying: LogCopying | None = None
        if url.get_backend_name() == "sqlite":
            self._shared = SharedCommit(self._writing_engine, engines.BUSY_TIMEOUT_MS / 1000)
            self._copying = LogCopying(self._engine, self._shared.turn)
            self._shared.after_commit = self._copying.count
        try:
            self._set_up()
        except BaseException as error:
            self.close()
            if isinstance(error, DBAPIError):
                raise _unusable(url, error) from error
            raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that sees one state of the database and changes nothing.

        Yields:
            The session.

        Raises:
            AppError: If the database cannot answer.
        """
        with reporting_faults(), Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a session whose changes are saved all together, or not at all.

        The write lock is taken at the start, so that nothing read inside can be
        outdated when it is written.

        Yields:
            The session.

        Raises:
            AppError: If the database cannot save; then nothing was.
        """
        with reporting_faults(), self._shared.alone() if self._shared else self._write() as session:
            yield session

    @contextmanager
    def write_few(self) -> Iterator[Session]:
        """Open a session as `write` does, for few rows: other threads may share the commit.

        It ends when the changes are on the disk, and a failure takes back nothing of others.

        Yields:
            The session.

        Raises:
            AppError: If the database cannot save; then nothing was.
        """
        shared = self._shared
        with reporting_faults(), shared.together() if shared else self._write() as session:
            yield session

    @contextmanager
    def _write(self) -> Iterator[Session]:
        with (
            Session(self._writing_engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()  # the transaction, and with it the lock, begins here
            yield session

    def close(self) -> None:
        """Give back all connections."""
        if self._copying is not None:
            self._copying.close()
        self._engine.dispose()

    def _set_up(self) -> None:
        with schema_transaction(self._writing_engine) as connection:
            upgrade_schema(connection)
            with Session(connection) as session:
                _add_first_category(session)
                session.flush()


def utc_now() -> str:
    """Return the present time as it stands in the database: UTC, milliseconds, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _add_first_category(session: Session) -> None:
    if session.scalar(select(CategoryRow.id).limit(1)) is None:
        name, color = FIRST_CATEGORY
        project_id = session.scalars(select(ProjectRow.id).order_by(ProjectRow.id)).first()
        session.add(CategoryRow(project_id=project_id, name=name, supercategory="", color=color))


def _unusable(url: URL, error: DBAPIError) -> StartUpError:
    reason = " ".join(str(error.orig).split())
    if url.get_backend_name() == "sqlite":
        return StartUpError(
            f"the database {url.database} must be a usable SQLite file, got: {reason}; "
            "move it away or choose another --data-dir"
        )
    return StartUpError(
        f"the database {url.render_as_string(hide_password=True)} must answer and be writable, "
        f"got: {reason}; start it or correct DATABASE_URL"
    )
