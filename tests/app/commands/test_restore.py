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


def test_a_project_comes_back_next_to_others_while_the_server_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, path = str(tmp_path / "data"), str(tmp_path / "project.zip")
    with opened_store(tmp_path / "data", "") as store:
        fill_store(store)
    assert cli.main(["backup", path, "--project", "1", "--data-dir", data]) == 0
    with store_lock(tmp_path / "data"):
        assert cli.main(["restore", path, "--data-dir", data]) == 0
    said = "restored project 2 'First project (2)': 1 images, 1 masks"
    assert said in capsys.readouterr().out


def test_a_project_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, data = tmp_path / "project.zip", str(tmp_path / "data")
    assert cli.main(["backup", str(path), "--project", "9", "--data-dir", data]) == 1
    assert "the project must exist, got id 9" in capsys.readouterr().err
    assert not path.exists()
    path.write_bytes(b"damaged")
    assert cli.main(["restore", str(path), "--data-dir", data]) == 2
