"""Failures of the database become errors that say what to do; what was there stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.domain.category import CategoryContent
from app.errors import AppError
from app.storage import engines
from app.storage.category_store import CategoryStore
from app.storage.database import Database
from scripts.local_postgres import Cluster, running_cluster


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "db.sqlite3"


@contextmanager
def opened(path: Path) -> Iterator[CategoryStore]:
    database = Database(path)
    yield CategoryStore(database)
    database.close()


def refusal_of_adding(store: CategoryStore, name: str = "cat") -> tuple[int, str]:
    with pytest.raises(AppError) as caught:
        store.add(CategoryContent(name))
    return caught.value.status, caught.value.code


def names(store: CategoryStore) -> list[str]:
    return [category.content.name for category in store.list_all()]


def test_a_database_that_another_program_holds_is_busy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 1)
    with opened(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert refusal_of_adding(store) == (503, "database_busy")
        assert names(store) == ["object"]
        other.execute("COMMIT")
        other.close()
        store.add(CategoryContent("cat"))
        assert names(store) == ["object", "cat"]


def test_a_full_disk_keeps_what_was_there(path: Path) -> None:
    database = Database(path)
    store = CategoryStore(database)
    with database.read() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    assert refusal_of_adding(store, "x" * 100_000) == (507, "disk_full")
    assert names(store) == ["object"]
    with database.read() as session:
        session.execute(text("PRAGMA max_page_count = 1000000"))
    store.add(CategoryContent("x" * 100_000))
    database.close()


def test_a_database_that_became_read_only_says_so(path: Path) -> None:
    database = Database(path)
    with database.read() as session:
        session.execute(text("PRAGMA query_only = ON"))
    assert refusal_of_adding(CategoryStore(database)) == (503, "store_read_only")
    assert names(CategoryStore(database)) == ["object"]
    database.close()


def test_a_postgresql_that_is_held_is_busy(
    postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 1)
    database = Database(postgres.new_url())
    with database.write():
        assert refusal_of_adding(CategoryStore(database)) == (503, "database_busy")
    database.close()


def test_a_postgresql_that_is_read_only_says_so(postgres: Cluster) -> None:
    database = Database(postgres.new_url())
    with database.write() as session:
        session.execute(text("SET SESSION default_transaction_read_only = on"))
    assert refusal_of_adding(CategoryStore(database)) == (503, "store_read_only")
    database.close()


@pytest.mark.slow
def test_a_postgresql_that_goes_away_and_comes_back_is_used_again(postgres: Cluster) -> None:
    with running_cluster() as cluster:
        database = Database(cluster.new_url())
        store = CategoryStore(database)
        store.add(CategoryContent("cat"))
        cluster.stop()
        assert refusal_of_adding(store) == (503, "database_unavailable")
        with pytest.raises(AppError, match="must answer"):
            store.list_all()
        cluster.start()
        assert names(store) == ["object", "cat"]
        database.close()


def test_our_own_mistakes_are_not_taken_for_faults_of_the_disk(database: Database) -> None:
    twice = "INSERT INTO categories (id, name, supercategory, color) VALUES (1, 'a', '', '')"
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(text(twice))
