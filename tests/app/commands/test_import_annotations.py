"""The command ``import``."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import cli
from app.storage.store import opened_store
from tests.helpers.coco_files import annotation, coco, compressed, rectangle, write
from tests.helpers.filled_store import fill_store


def test_a_file_is_tried_and_taken_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    with opened_store(data, "") as store:
        fill_store(store)
    document = coco(annotation(compressed(rectangle(5, 4, 20, 12))))
    path = write(tmp_path / "a.json", document)
    command = ["import", str(path), "--data-dir", str(data)]
    assert cli.main([*command, "--dry-run"]) == 0
    assert "would be added" in capsys.readouterr().out
    assert cli.main(command) == 0
    assert "of 1 images found; of 1 masks" in capsys.readouterr().out


def test_what_cannot_be_read_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, path = tmp_path / "data", tmp_path / "a.json"
    command = ["import", str(path), "--data-dir", str(data)]
    assert cli.main(command) == 2
    assert "the file must be there" in capsys.readouterr().err
    path.write_text("{")
    assert cli.main(command) == 1
    assert "must be one JSON object" in capsys.readouterr().err
