"""Connections to both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import StartUpError
from app.storage.database import Database
from app.storage.engines import make_engines, parse_database_url, sqlite_url
from scripts.local_postgres import Cluster


def test_the_settings_of_sqlite_that_protect_data_are_on(tmp_path: Path) -> None:
    reading, _ = make_engines(sqlite_url(tmp_path / "db.sqlite3"))
    with reading.connect() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    reading.dispose()
    assert settings == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "busy_timeout": 10_000,
    }


def test_readers_of_postgresql_see_one_state_and_writers_the_latest(postgres: Cluster) -> None:
    for engine, level in zip(
        make_engines(postgres.url), ("repeatable read", "read committed"), strict=True
    ):
        with engine.begin() as connection:
            shown = connection.execute(text("SHOW transaction_isolation")).scalar_one()
        assert shown == level
        engine.dispose()


def test_a_writer_of_postgresql_waits_for_the_lock_at_its_start(postgres: Cluster) -> None:
    _, writing = make_engines(postgres.url)
    with writing.begin() as connection:
        held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        assert connection.execute(text(held)).scalar_one() == 1
        assert connection.execute(text("SHOW lock_timeout")).scalar_one() == "10s"
    writing.dispose()


def test_a_connection_that_died_while_idle_is_replaced(postgres: Cluster) -> None:
    database = Database(postgres.new_url())
    with database.write() as session:
        own = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    reading, _ = make_engines(postgres.url)
    with reading.connect() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend({own})"))
    reading.dispose()
    with database.write() as session:
        assert session.execute(text("SELECT pg_backend_pid()")).scalar_one() != own
    database.close()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_every_spelling_of_postgresql_gets_the_driver_that_is_installed(scheme: str) -> None:
    url = parse_database_url(f"{scheme}://me:secret@db.example:5433/masks?sslmode=require")
    assert url.drivername == "postgresql+psycopg"
    assert (url.host, url.port, url.database, url.password) == (
        *("db.example", 5433, "masks", "secret"),
    )


@pytest.mark.parametrize("address", ["mysql://me:secret@db/masks", "secret", "//secret"])
def test_other_addresses_are_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(StartUpError, match="must look like postgresql://") as caught:
        parse_database_url(address)
    assert "secret" not in str(caught.value)
