"""The two kinds of database, for every test that must hold with both."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import URL

from app.storage.database import Database
from app.storage.engines import sqlite_url
from scripts.local_postgres import Cluster, PostgresMissing, running_cluster
from tests.helpers.project_files import ROOT

MADE_EARLIER = ROOT / "tests/app/storage/databases/version_1.sql"
KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Return a running PostgreSQL; where none is installed, CI fails and others are told."""
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(running_cluster())
        except PostgresMissing as missing:
            if os.environ.get("CI"):
                pytest.fail(str(missing))
            pytest.skip(str(missing))
        yield cluster


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """Return the address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "db.sqlite3")
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.new_url()


@pytest.fixture
def database(database_url: URL) -> Iterator[Database]:
    database = Database(database_url)
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
