"""Brings the tables of a database of any age to what this program needs."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from app.errors import StartUpError

_MIGRATIONS = Path(__file__).parent / "migrations"
_FIRST_STEP = "0001"

# SQLite's own number for the application. The first releases counted with it and refuse any
# number but their own, so a number of its own keeps them away from newer tables.
_EMPTY, _BEFORE_ALEMBIC, _UNDER_ALEMBIC = 0, 1, 2


@contextmanager
def schema_transaction(engine: Engine) -> Iterator[Connection]:
    """Open a transaction in which tables may be rebuilt that others refer to.

    Args:
        engine: For transactions that write.

    Yields:
        The connection; what was done on it is kept all together, or not at all.

    Raises:
        StartUpError: If steps were run and a row refers to none that exists afterwards.
    """
    with engine.connect() as connection:
        # SQLite rebuilds such tables only without its checks, and takes no notice of the
        # switch inside a transaction.
        _switch_references(connection, "OFF")
        try:
            with connection.begin():
                before = schema_version(connection)
                yield connection
                if schema_version(connection) != before:
                    _check_references(connection)
        finally:
            _switch_references(connection, "ON")


def schema_version(connection: Connection) -> str | None:
    """Return the last step that this database has seen; ``None`` if it has no record of any."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade_schema(connection: Connection, target: str = "head") -> None:
    """Run the steps that this database has not seen, all of them or none.

    A database of the first releases has no record of steps; its tables are those of the
    first step, which is noted without running it.

    Args:
        connection: Inside a transaction that holds the write lock; it is neither committed
            nor rolled back here.
        target: The step to go up to.

    Raises:
        StartUpError: If a newer program has changed the database.
    """
    numbering = _numbering(connection)
    config = _config(connection)
    script = ScriptDirectory.from_config(config)
    present = schema_version(connection)
    known = {step.revision for step in script.walk_revisions()}
    for wanted in (present, None if target == "head" else target):
        if numbering > _UNDER_ALEMBIC or (wanted is not None and wanted not in known):
            raise StartUpError(
                f"the database must have a schema up to {script.get_current_head()}, "
                f"got {wanted or numbering}; start the version of Maskwright that made it, "
                "or choose another --data-dir"
            )
    if present == script.get_current_head():
        return
    if numbering == _BEFORE_ALEMBIC:
        command.stamp(config, _FIRST_STEP)
    command.upgrade(config, target)
    if _is_sqlite(connection):
        connection.exec_driver_sql(f"PRAGMA user_version = {_UNDER_ALEMBIC}")


def _switch_references(connection: Connection, state: str) -> None:
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute(f"PRAGMA foreign_keys = {state}")


def _check_references(connection: Connection) -> None:
    if not _is_sqlite(connection):  # other databases never stopped checking
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StartUpError(
            f"every row of the database must refer to rows that exist, got {tuple(broken)}; "
            "put a backup of the data folder back"
        )


def _numbering(connection: Connection) -> int:
    if not _is_sqlite(connection):
        return _EMPTY
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _config(connection: Connection) -> Config:
    config = Config()
    # The configuration reads a single % as the start of a name.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
