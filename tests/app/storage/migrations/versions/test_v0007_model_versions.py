"""The seventh step makes room for tuned models; until then there was none."""

from __future__ import annotations

from pathlib import Path

from app.storage.database import Database
from app.storage.model_store import ModelStore


def test_an_earlier_store_has_no_tuned_models(earlier_path: Path) -> None:
    database = Database(earlier_path)
    store = ModelStore(database)
    found, chosen = store.list_all(), store.chosen("base")
    database.close()
    assert (found, chosen) == ([], (None, None))
