"""The command ``embed``."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import cli, context
from app.services.served_model import ServedModel
from tests.helpers.sample_images import jpeg


def test_a_folder_is_embedded_once_and_what_is_no_photograph_is_named(
    tmp_path: Path,
    tiny_model: ServedModel,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(context, "load_model", lambda _: tiny_model)
    folder, data = tmp_path / "photos", tmp_path / "data"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(jpeg())
    (folder / "b.txt").write_bytes(b"no photograph")
    command = ["embed", str(folder), "--data-dir", str(data)]
    assert cli.main(command) == 1
    assert "1 photographs, 1 problems" in capsys.readouterr().out
    (first,) = data.rglob("*.safetensors")
    written = first.stat().st_mtime_ns
    (folder / "b.txt").unlink()
    assert cli.main(command) == 0
    assert [path.stat().st_mtime_ns for path in data.rglob("*.safetensors")] == [written]
    assert cli.main(["embed", str(tmp_path / "missing"), "--data-dir", str(data)]) == 1
