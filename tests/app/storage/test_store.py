"""A store is a database and files."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import URL

from app.errors import StartUpError
from app.storage.category_store import CategoryStore
from app.storage.file_store import FileStore
from app.storage.store import database_location, opened_store
from scripts.local_postgres import Cluster


def test_the_database_is_in_the_folder_unless_another_one_is_named(
    tmp_path: Path, postgres: Cluster
) -> None:
    files = FileStore(tmp_path)
    assert database_location(files, "") == files.database_path
    found = database_location(files, postgres.url.render_as_string(hide_password=False))
    assert isinstance(found, URL)
    with pytest.raises(StartUpError, match="DATABASE_URL must look like"):
        database_location(files, "mysql://db/masks")


def test_an_opened_store_can_be_used(tmp_path: Path) -> None:
    with opened_store(tmp_path / "data", "") as store:
        assert len(CategoryStore(store.database).list_all()) == 1
        assert store.files.root == tmp_path / "data"


def test_a_store_that_works_passes_its_check(tmp_path: Path) -> None:
    with opened_store(tmp_path / "data", "") as store:
        store.check()
        assert not (tmp_path / "data" / ".write-probe").exists()
