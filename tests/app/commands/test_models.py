"""The command ``models``."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import cli
from app.commands import models as command
from app.services.live_model import LiveModel
from app.services.model_service import ModelService
from app.services.served_model import ServedModel
from app.storage.model_store import ModelStore
from app.storage.store import opened_store
from tests.helpers.tuned_models import LESSON, tuned


@pytest.fixture(autouse=True)
def shipped(tiny_model: ServedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "load_model", lambda _: tiny_model)


@pytest.fixture
def kept(tmp_path: Path, tiny_model: ServedModel) -> str:
    with opened_store(tmp_path, "") as store:
        service = ModelService(LiveModel(tiny_model), ModelStore(store.database), store.files)
        return service.keep(tuned(tiny_model.sam), "tiny-t1", LESSON).version.model_id


def test_a_version_is_listed_used_and_removed(
    tmp_path: Path, tiny_model: ServedModel, kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data-dir", str(tmp_path)]
    assert cli.main(["models", "list", *data]) == 0
    base, version = capsys.readouterr().out.splitlines()
    assert base == f"* {tiny_model.model_id}  tiny"
    assert version.startswith(f"  {kept}  tiny-t1")
    assert version.endswith("200 masks of cells, 6.00 -> 3.00 clicks")
    assert cli.main(["models", "use", kept, *data]) == 0
    assert f"* {kept}" in capsys.readouterr().out
    assert cli.main(["models", "remove", kept, *data]) == 1
    assert "must not be in use" in capsys.readouterr().err
    assert cli.main(["models", "use", tiny_model.model_id, *data]) == 0
    assert cli.main(["models", "remove", kept, *data]) == 0
    assert cli.main(["models", "use", kept, *data]) == 1
    assert "must be one of those that are listed" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["use"], ["list", "abc"]])
def test_a_model_is_named_where_one_is_needed(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["models", *words, "--data-dir", str(tmp_path)]) == 2
    assert f"`models {words[0]}` must" in capsys.readouterr().err
