"""Waiting files have folders of their own and go after a day."""

from __future__ import annotations

import os
import time
from pathlib import Path

from app.services.staging import new_place, remove_old


def test_every_file_has_its_own_folder(tmp_path: Path) -> None:
    first, second = (new_place(tmp_path / "deep" / "folder") for _ in range(2))
    assert first.is_dir()
    assert first != second


def test_files_of_another_day_are_deleted_and_nothing_else(tmp_path: Path) -> None:
    old, new, foreign = new_place(tmp_path), new_place(tmp_path), tmp_path / "mine"
    foreign.mkdir()
    (old / "file").write_bytes(b"x")
    for place in (old, foreign):
        os.utime(place, (time.time() - 90_000,) * 2)
    remove_old(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([foreign, new])


def test_a_folder_that_is_not_there_has_nothing_old(tmp_path: Path) -> None:
    remove_old(tmp_path / "missing")
