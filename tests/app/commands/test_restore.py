"""The command ``restore``."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import cli
from app.storage.snapshot import read_dataset
from app.storage.store import opened_store
from app.storage.store_lock import store_lock
from tests.helpers.filled_store import fill_store


def test_a_backup_comes_back_in_a_new_folder_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened_store(tmp_path / "data", "") as store:
        fill_store(store)
        before = read_dataset(store.database)
    cli.main(["backup", str(tmp_path / "a.zip"), "--data-dir", str(tmp_path / "data")])
    command = ["restore", str(tmp_path / "a.zip"), "--data-dir", str(tmp_path / "new")]
    with store_lock(tmp_path / "new"):
        assert cli.main(command) == 2
    assert cli.main(command) == 0
    assert "restored 1 originals and " in capsys.readouterr().out
    with opened_store(tmp_path / "new", "") as store:
        assert read_dataset(store.database) == before
    assert cli.main(command) == 2
    assert "into an empty store" in capsys.readouterr().err
