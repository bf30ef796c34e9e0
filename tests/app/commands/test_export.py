"""The command ``export``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import cli
from app.storage.store import opened_store
from tests.helpers.filled_store import fill_store


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with opened_store(tmp_path / "data", "") as store:
        fill_store(store)
    return tmp_path / "data"


def export(data: Path, name: str, *options: str) -> int:
    return cli.main(["export", str(data.parent / name), "--data-dir", str(data), *options])


def test_an_export_says_what_was_compared(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(data, "a.json", "--project", "1") == 0
    printed = capsys.readouterr().out
    document = json.loads((data.parent / "a.json").read_bytes())
    count = len(document["annotations"])
    assert f"{count} masks, {count} read back and compared" in printed
    assert export(data, "a.json") == 2
    assert "must be a new file" in capsys.readouterr().err


def test_losses_and_splits_can_be_had(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(data, "a.zip", "--format", "csv", "--split", "20,10", "--keep-series") == 0
    assert "a table has no masks" in capsys.readouterr().out


def test_what_cannot_be_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(data, "a.json", "--project", "99") == 1
    assert "the project must exist" in capsys.readouterr().err
    for wrong in ("60,60", "a", "10"):
        with pytest.raises(SystemExit):
            export(data, "b.json", "--split", wrong)
