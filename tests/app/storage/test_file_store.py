"""The data folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.domain.embedding import Crop, EmbeddingKey
from app.errors import StartUpError
from app.storage.file_store import FileStore


def test_files_of_different_contents_and_models_never_share_a_path(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    paths = {
        files.original_path("ab"),
        files.pixels_path("ab", "image/png"),
        files.thumbnail_path("ab"),
        files.embedding_path(EmbeddingKey("ab", "m1")),
        files.embedding_path(EmbeddingKey("ab", "m2")),
        files.embedding_path(EmbeddingKey("ac", "m1")),
        files.embedding_path(EmbeddingKey("ab", "m1", Crop(0, 0, 16, 16))),
        files.embedding_path(EmbeddingKey("ab", "m1", Crop(0, 0, 16, 17))),
        files.decoder_path("m1"),
        files.database_path,
    }
    assert len(paths) == 10


def test_a_new_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    FileStore(tmp_path / "new" / "data")
    assert list((tmp_path / "new" / "data").iterdir()) == []


def test_what_a_crash_left_half_written_is_removed_at_the_start(tmp_path: Path) -> None:
    old, fresh = tmp_path / "cache" / ".writing-old", tmp_path / "cache" / ".writing-fresh"
    original = tmp_path / "originals" / "ab" / "abc"
    for path in (old, fresh, original):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    for path in (old, original):
        os.utime(path, (0, 0))
    FileStore(tmp_path)
    assert [path.exists() for path in (old, fresh, original)] == [False, True, True]


def test_a_place_that_cannot_be_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartUpError, match=r"must be writable.*--data-dir"):
        FileStore(tmp_path / "file" / "data")
