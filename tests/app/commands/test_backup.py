"""The command ``backup``."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import cli
from app.storage.store import opened_store
from app.storage.store_lock import store_lock
from tests.helpers.filled_store import fill_store


def test_a_store_in_use_is_backed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened_store(tmp_path / "data", "") as store:
        fill_store(store)
    command = ["backup", str(tmp_path / "a.zip"), "--data-dir", str(tmp_path / "data")]
    with store_lock(tmp_path / "data"):
        assert cli.main(command) == 0
    printed = capsys.readouterr().out
    assert "1 originals, " in printed
    assert "2 annotations" in printed
    assert cli.main(command) == 2
    assert "must be a new file" in capsys.readouterr().err


def test_lost_originals_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened_store(tmp_path / "data", "") as store:
        sha256 = fill_store(store)
        store.files.original_path(sha256).unlink()
    command = ["backup", str(tmp_path / "a.zip"), "--data-dir", str(tmp_path / "data")]
    assert cli.main(command) == 1
    assert f"has lost the original or tuned model {sha256}" in capsys.readouterr().out
