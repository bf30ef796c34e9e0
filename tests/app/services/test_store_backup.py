"""A backup holds everything and comes back whole, from either database into either."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL

from app.domain.category import CategoryContent
from app.domain.model_version import NewVersion
from app.errors import StartUpError
from app.services import store_backup
from app.services.store_backup import restore_backup, write_backup
from app.services.store_doctor import examine
from app.storage.annotation_store import AnnotationStore
from app.storage.category_store import CategoryStore
from app.storage.database import Database
from app.storage.engines import sqlite_url
from app.storage.file_store import FileStore
from app.storage.model_store import ModelStore
from app.storage.snapshot import read_dataset
from app.storage.store import Store
from scripts.local_postgres import Cluster
from tests.helpers.filled_store import fill_store
from tests.helpers.tuned_models import LESSON


@pytest.fixture
def store(tmp_path: Path, database_url: URL) -> Iterator[Store]:
    store = Store(Database(database_url), FileStore(tmp_path / "data"))
    fill_store(store)
    yield store
    store.database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """Return where a backup shall be restored."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "restored.sqlite3")
    cluster: Cluster = request.getfixturevalue("postgres")
    return cluster.new_url()


def test_everything_comes_back_in_either_database(
    store: Store, empty_url: URL, tmp_path: Path
) -> None:
    manifest = write_backup(store, tmp_path / "masks.zip")
    assert (manifest.originals, manifest.missing) == (1, ())
    files = FileStore(tmp_path / "restored")
    assert restore_backup(files, empty_url, tmp_path / "masks.zip") == manifest
    restored = Store(Database(empty_url), files)
    assert read_dataset(restored.database) == read_dataset(store.database)
    for number in (1, 2):
        ours, theirs = (AnnotationStore(one.database) for one in (restored, store))
        assert ours.find(number) == theirs.find(number)
        assert ours.history(number) == theirs.history(number)
    assert list(examine(restored)) == []
    assert CategoryStore(restored.database).add(CategoryContent("next")).id == 3
    restored.database.close()


def test_a_store_that_is_not_empty_is_left_as_it_is(store: Store, tmp_path: Path) -> None:
    write_backup(store, tmp_path / "masks.zip")
    other = Store(Database(tmp_path / "other.sqlite3"), FileStore(tmp_path / "other"))
    fill_store(other)
    before = read_dataset(other.database)
    with pytest.raises(StartUpError, match="must be restored into an empty store"):
        restore_backup(other.files, tmp_path / "other.sqlite3", tmp_path / "masks.zip")
    assert read_dataset(other.database) == before
    other.database.close()


def test_a_restore_that_breaks_off_leaves_an_empty_store(
    store: Store, empty_url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_backup(store, tmp_path / "masks.zip")
    files = FileStore(tmp_path / "restored")

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store_backup, "load_table", cut_off)
        with pytest.raises(KeyboardInterrupt):
            restore_backup(files, empty_url, tmp_path / "masks.zip")
    restore_backup(files, empty_url, tmp_path / "masks.zip")


def test_a_backup_never_replaces_a_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "masks.zip").write_text("thesis")
    with pytest.raises(StartUpError, match="must be a new file"):
        write_backup(store, tmp_path / "masks.zip")
    assert (tmp_path / "masks.zip").read_text() == "thesis"


def test_a_backup_that_cannot_be_written_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(StartUpError, match="must be writable, got: No space left on device"):
        write_backup(store, tmp_path / "masks.zip")
    assert not list(tmp_path.glob("*masks.zip*"))


def test_a_store_that_lost_an_original_is_backed_up_and_says_so(
    store: Store, tmp_path: Path
) -> None:
    for path in list(store.files.originals()):
        path.unlink()
    manifest = write_backup(store, tmp_path / "masks.zip")
    assert (manifest.originals, len(manifest.missing)) == (0, 1)


def test_tuned_models_come_back_with_their_weights(
    store: Store, empty_url: URL, tmp_path: Path
) -> None:
    weights = b"the weights that differ"
    sha256 = hashlib.sha256(weights).hexdigest()
    store.files.save(store.files.tuned_path(sha256), weights)
    kept = NewVersion("kept", "base", "encoder", "m-t1", sha256, len(weights), LESSON)
    ModelStore(store.database).add(kept)
    ModelStore(store.database).add(replace(kept, model_id="lost", file_sha256="e" * 64))
    manifest = write_backup(store, tmp_path / "masks.zip")
    assert (manifest.originals, manifest.tuned, manifest.missing) == (1, 1, ("e" * 64,))
    files = FileStore(tmp_path / "restored")
    restore_backup(files, empty_url, tmp_path / "masks.zip")
    assert files.tuned_path(sha256).read_bytes() == weights
    restored = Database(empty_url)
    assert len(ModelStore(restored).list_all()) == 2
    restored.close()
    assert write_backup(store, tmp_path / "project.zip", 1).tuned == 0


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(
    earlier_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("app.storage.database.upgrade_schema", upgrade_to_the_second_step)
        earlier = Store(Database(earlier_path), FileStore(tmp_path / "data"))
        assert write_backup(earlier, tmp_path / "masks.zip").schema == "0002"
        earlier.database.close()
    path = tmp_path / "restored.sqlite3"
    restore_backup(FileStore(tmp_path / "restored"), path, tmp_path / "masks.zip")
    database = Database(path)
    found = AnnotationStore(database).find(1)
    database.close()
    assert found is not None
    assert found.content.author == "Ada"


def upgrade_to_the_second_step(connection: object) -> None:
    store_backup.upgrade_schema(connection, "0002")  # type: ignore[arg-type]


def test_a_backup_of_a_later_program_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "masks.zip"
    write_backup(store, path)
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data.replace(b'"schema": "0', b'"schema": "9'))
    with pytest.raises(StartUpError, match="must have a schema up to"):
        restore_backup(FileStore(tmp_path / "r"), tmp_path / "r.sqlite3", path)
