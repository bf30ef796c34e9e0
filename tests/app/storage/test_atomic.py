"""Files are there completely or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.storage.atomic import remove_unfinished, write_atomically


def test_a_file_appears_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    write_atomically(path, b"content")
    assert path.read_bytes() == b"content"
    assert list(path.parent.iterdir()) == [path]


def test_only_old_unfinished_files_are_removed(tmp_path: Path) -> None:
    for name in (".writing-a", ".writing-b", "kept"):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (0, 0))
    os.utime(tmp_path / ".writing-b")
    assert remove_unfinished(tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [".writing-b", "kept"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_earlier_file_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"earlier")

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(OSError, match="disk is full"):
        write_atomically(path, b"later")
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]
