"""The whole store: the database and the files that belong to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, select

from app.storage.database import Database
from app.storage.engines import parse_database_url
from app.storage.file_store import FileStore


@dataclass(frozen=True, slots=True)
class Store:
    """An open store.

    Attributes:
        database: Where records are.
        files: Where the bytes of images and what is made of them are.
    """

    database: Database
    files: FileStore

    def check(self) -> None:
        """Look whether the database answers and the data folder can be written.

        Raises:
            AppError: If not.
        """
        with self.database.read() as session:
            session.execute(select(1))
        self.files.check_writable()


def database_location(files: FileStore, database_url: str) -> Path | URL:
    """Return where the database of a store is.

    Args:
        files: The data folder.
        database_url: Address of a PostgreSQL database; empty for the SQLite file in the folder.

    Raises:
        StartUpError: If the address is that of something else.
    """
    return parse_database_url(database_url) if database_url else files.database_path


@contextmanager
def opened_store(data_dir: Path, database_url: str) -> Iterator[Store]:
    """Open a store, and give the database back at the end.

    Yields:
        The store.

    Raises:
        StartUpError: If the folder or the database cannot be used.
    """
    files = FileStore(data_dir)
    database = Database(database_location(files, database_url))
    try:
        yield Store(database, files)
    finally:
        database.close()
