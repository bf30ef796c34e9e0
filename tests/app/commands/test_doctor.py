"""The command ``doctor``."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import cli
from app.domain.embedding import EmbeddingKey
from app.storage.store import opened_store
from app.storage.store_lock import store_lock
from tests.helpers.filled_store import fill_store


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    with opened_store(tmp_path / "data", "") as store:
        fill_store(store)
    return tmp_path / "data"


def doctor(data_dir: Path, *options: str) -> int:
    return cli.main(["doctor", "--data-dir", str(data_dir), *options])


def test_a_whole_store_is_said_to_be_whole(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor(data_dir) == 0
    assert capsys.readouterr().out == "the store is whole\n"


def test_what_is_only_worth_knowing_is_no_problem(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened_store(data_dir, "") as store:
        store.files.save(store.files.original_path("f" * 64), b"photo")
    assert doctor(data_dir) == 0
    assert capsys.readouterr().out.startswith("note: no image has the original ffff")


def test_problems_are_listed_and_repaired_when_asked(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened_store(data_dir, "") as store:
        store.files.save(store.files.embedding_path(EmbeddingKey("a" * 64, "m")), b"half")
        for path in list(store.files.originals()):
            path.unlink()
    assert doctor(data_dir) == 1
    listed = capsys.readouterr().out
    assert "got a damaged one; run this with --repair\n" in listed
    assert "is gone; add the file 'Käse.jpg' again" in listed
    assert doctor(data_dir, "--repair") == 1
    assert capsys.readouterr().out.endswith("2 problems, 1 left\n")


def test_a_store_in_use_is_looked_at_but_not_repaired(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with store_lock(data_dir):
        assert doctor(data_dir) == 0
        assert doctor(data_dir, "--repair") == 2
    assert "one server at a time" in capsys.readouterr().err
