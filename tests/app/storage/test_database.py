"""The database: settings, transactions, versions, bad files."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from app.errors import StartUpError
from app.storage.database import Database, utc_now
from app.storage.tables import CategoryRow


def test_a_failure_inside_a_transaction_saves_nothing(database: Database) -> None:
    def fail_half_way() -> None:
        with database.write() as session:
            session.add(CategoryRow(project_id=1, name="new", supercategory="", color=""))
            session.flush()
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail_half_way()
    with database.read() as session:
        assert session.scalars(select(CategoryRow.name)).all() == ["object"]


def test_writers_in_many_threads_wait_for_each_other(database: Database) -> None:
    def add_one(number: int) -> None:
        with database.write() as session:
            count = len(session.scalars(select(CategoryRow.id)).all())
            session.add(
                CategoryRow(project_id=1, name=f"{number}", supercategory=f"{count}", color="")
            )

    with ThreadPoolExecutor(8) as executor:
        list(executor.map(add_one, range(24)))
    with database.read() as session:
        counts = session.scalars(select(CategoryRow.supercategory)).all()
    assert sorted(counts[1:], key=int) == [str(number) for number in range(1, 25)]


def test_a_second_start_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        database = Database(tmp_path / "db.sqlite3")
        with database.read() as session:
            assert session.scalars(select(CategoryRow.id)).all() == [1]
        database.close()


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite3"
    path.write_bytes(b"my diary" * 200)
    with pytest.raises(StartUpError, match=r"must be a usable SQLite file.*--data-dir"):
        Database(path)
    assert path.read_bytes() == b"my diary" * 200


def test_a_database_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "db.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StartUpError, match=r"must have a schema up to .*, got 99"):
        Database(path)


def test_times_are_utc_in_milliseconds() -> None:
    assert len(utc_now()) == len("2026-01-01T00:00:00.000Z")
    assert utc_now().endswith("Z")


def test_signs_of_addresses_are_signs_in_a_folder_name(tmp_path: Path) -> None:
    folder = tmp_path / "100% mine?"
    folder.mkdir()
    Database(folder / "db.sqlite3").close()
    assert (folder / "db.sqlite3").is_file()


def test_a_database_that_does_not_answer_is_refused_without_its_password() -> None:
    url = make_url("postgresql+psycopg://me:secret@127.0.0.1:1/masks")
    with pytest.raises(StartUpError, match="must answer and be writable") as caught:
        Database(url)
    assert "correct DATABASE_URL" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "me:***@127.0.0.1" in str(caught.value)
