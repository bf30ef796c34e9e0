"""Databases of every age become what the program needs, with all that is in them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from app.domain.prompts import LowResLogits
from app.errors import StartUpError
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.snapshot import read_dataset
from app.storage.tables import Base


def run(path: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute(statement).fetchall()
    connection.close()
    return rows


def assert_schema_is_that_of_the_tables(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_the_steps_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    Database(path).close()
    assert_schema_is_that_of_the_tables(path)
    assert run(path, "SELECT version_num FROM alembic_version") == [("0002",)]


def test_a_database_of_the_first_releases_is_upgraded_with_all_that_is_in_it(
    earlier_path: Path,
) -> None:
    Database(earlier_path).close()
    assert_schema_is_that_of_the_tables(earlier_path)
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
    assert_schema_is_that_of_the_tables(earlier_path)


@pytest.mark.parametrize(
    "later", ["PRAGMA user_version = 99", "UPDATE alembic_version SET version_num = '9999'"]
)
def test_a_database_of_a_later_program_is_refused_and_kept(tmp_path: Path, later: str) -> None:
    path = tmp_path / "later.sqlite3"
    Database(path).close()
    run(path, later)
    before = path.read_bytes()
    with pytest.raises(StartUpError, match="must have a schema up to 0002, got"):
        Database(path)
    assert path.read_bytes() == before
