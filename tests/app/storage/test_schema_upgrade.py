"""Databases of every age become what the program needs, with all that is in them."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, create_engine

from app.domain.prompts import LowResLogits
from app.errors import StartUpError
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.engines import sqlite_url
from app.storage.snapshot import read_dataset
from app.storage.tables import Base
from tests.helpers.project_files import ROOT

STEPS = ROOT / "app/storage/migrations/versions"


def run(path: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute(statement).fetchall()
    connection.close()
    return rows


def assert_schema_is_that_of_the_tables(url: URL) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def versions(url: URL) -> list[str]:
    """Return the steps that a database has seen, or none if it has no record of them."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    engine.dispose()
    return list(found)


def head() -> str:
    return max(path.name[1:5] for path in STEPS.glob("v*.py"))


def test_the_steps_make_the_tables_that_the_program_uses(database_url: URL) -> None:
    Database(database_url).close()
    assert_schema_is_that_of_the_tables(database_url)
    assert versions(database_url) == [head()]


def test_a_database_of_the_first_releases_is_upgraded_with_all_that_is_in_it(
    earlier_path: Path,
) -> None:
    Database(earlier_path).close()
    assert_schema_is_that_of_the_tables(sqlite_url(earlier_path))
    database = Database(earlier_path)
    dataset = read_dataset(database)
    store = AnnotationStore(database)
    kept, restored = store.find(1), store.restore(2)
    database.close()
    assert [image.file.file_name for image in dataset.images] == ["photo.jpg"]
    assert [category.content.name for category in dataset.categories] == ["object", "cat"]
    assert [annotation.id for annotation in dataset.annotations] == [1]
    assert kept is not None
    assert kept.content.low_res_logits == LowResLogits(1, 2, b"abcd")
    assert (kept.content.author, kept.content.client_key) == ("Ada", None)
    assert restored is not None


def test_the_first_releases_refuse_a_database_that_was_upgraded(earlier_path: Path) -> None:
    Database(earlier_path).close()
    assert run(earlier_path, "PRAGMA user_version") != [(1,)]


def test_an_upgrade_that_is_cut_off_leaves_the_earlier_database(
    earlier_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run(earlier_path, "SELECT sql FROM sqlite_master")

    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_index", cut_off)
        with pytest.raises(KeyboardInterrupt):
            Database(earlier_path)
    assert run(earlier_path, "SELECT sql FROM sqlite_master") == before
    assert run(earlier_path, "PRAGMA user_version") == [(1,)]
    Database(earlier_path).close()
    assert_schema_is_that_of_the_tables(sqlite_url(earlier_path))


KILLED = """
import os, signal, sys
from pathlib import Path
from alembic import op
from app.storage.database import Database
op.create_index = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
Database(Path(sys.argv[1]))
"""


def test_an_upgrade_whose_process_is_killed_leaves_the_earlier_database(
    earlier_path: Path,
) -> None:
    before = run(earlier_path, "SELECT sql FROM sqlite_master")
    done = subprocess.run([sys.executable, "-c", KILLED, str(earlier_path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert run(earlier_path, "SELECT sql FROM sqlite_master") == before
    assert run(earlier_path, "PRAGMA user_version") == [(1,)]
    Database(earlier_path).close()
    assert_schema_is_that_of_the_tables(sqlite_url(earlier_path))


def test_a_set_up_that_is_cut_off_leaves_an_empty_database(
    database_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_index", cut_off)
        with pytest.raises(KeyboardInterrupt):
            Database(database_url)
    assert versions(database_url) == []
    Database(database_url).close()
    assert_schema_is_that_of_the_tables(database_url)


def test_a_sqlite_file_of_a_later_program_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "later.sqlite3"
    Database(path).close()
    run(path, "PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(StartUpError, match=f"must have a schema up to {head()}, got"):
        Database(path)
    assert path.read_bytes() == before


def test_a_database_that_a_later_program_has_changed_is_refused_and_kept(
    database_url: URL,
) -> None:
    Database(database_url).close()
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(StartUpError, match=f"must have a schema up to {head()}, got 9999"):
        Database(database_url)
    assert versions(database_url) == ["9999"]
