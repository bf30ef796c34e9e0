"""The log of SQLite is copied beside the writes, and what is copied is whole."""

from __future__ import annotations

import shutil
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.annotation import AnnotationContent, CocoRle, MaskMeasures
from app.domain.image_record import NewImage
from app.domain.prompts import LowResLogits
from app.storage import log_copying
from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database
from app.storage.image_store import ImageStore
from app.storage.tables import AnnotationRow

CONTENT = AnnotationContent(
    1, CocoRle(32, 48, "0150000000"), low_res_logits=LowResLogits(128, 128, bytes(32768))
)
MEASURES = MaskMeasures(5, (0, 0, 5, 5))


def open_store(folder: Path) -> tuple[Database, AnnotationStore]:
    database = Database(folder / "db.sqlite3")
    image = NewImage("a.jpg", 48, 32, "aa", 1, "image/png", "image/png", True)
    ImageStore(database).add(image)
    return database, AnnotationStore(database)


def save(store: AnnotationStore, times: int) -> None:
    for _ in range(times):
        store.add(1, CONTENT, MEASURES)


def rows_of_the_file_alone(folder: Path, copy: Path) -> int:
    # Without its log: only what was copied counts.
    shutil.copy(folder / "db.sqlite3", copy)
    connection = sqlite3.connect(copy)
    (count,) = connection.execute("SELECT count(*) FROM annotations").fetchone()
    connection.close()
    return int(count)


def wait_until_copied(database: Database) -> None:
    copying = database._copying
    assert copying is not None
    deadline = time.monotonic() + 20
    while copying._is_wanted.is_set() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not copying._is_wanted.is_set()


def test_a_long_log_is_copied_and_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_copying, "WORTH_WRITES", 10)
    database, store = open_store(tmp_path)
    save(store, 10)
    wait_until_copied(database)
    assert rows_of_the_file_alone(tmp_path, tmp_path / "copy") == 10
    log = tmp_path / "db.sqlite3-wal"
    length = log.stat().st_size
    save(store, 5)
    assert log.stat().st_size == length  # they went to its beginning
    save(store, 5)
    wait_until_copied(database)
    assert rows_of_the_file_alone(tmp_path, tmp_path / "copy") == 20
    database.close()


def test_a_short_log_is_left_to_the_end(tmp_path: Path) -> None:
    database, store = open_store(tmp_path)
    save(store, 120)
    # Not even after the 1,000 pages after which SQLite would copy it inside of a save.
    assert (tmp_path / "db.sqlite3-wal").stat().st_size > 1000 * 4096 > 10 * file_size(tmp_path)
    database.close()
    assert rows_of_the_file_alone(tmp_path, tmp_path / "copy") == 120


def file_size(folder: Path) -> int:
    return (folder / "db.sqlite3").stat().st_size


def test_a_copy_that_fails_is_said_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    database, store = open_store(tmp_path)
    monkeypatch.setattr(database._shared, "_patience_s", 0.01)
    with database.write_few() as session:
        assert session.scalar(select(func.count(AnnotationRow.id))) == 0
        assert database._copying is not None
        database._copying.count(log_copying.WORTH_WRITES)
        wait_until_copied(database)
    assert "could not be copied" in caplog.text
    save(store, 2)
    database.close()
    assert rows_of_the_file_alone(tmp_path, tmp_path / "copy") == 2
