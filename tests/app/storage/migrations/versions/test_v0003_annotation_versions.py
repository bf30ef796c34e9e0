"""The third step begins the history of what is there."""

from __future__ import annotations

from pathlib import Path

from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database


def test_what_was_kept_before_has_its_present_version(earlier_path: Path) -> None:
    database = Database(earlier_path)
    store = AnnotationStore(database)
    histories = [store.history(number) for number in (1, 2)]
    database.close()
    assert [[(one.change.value, one.changed_by) for one in history] for history in histories] == [
        [("created", "Ada")],
        [("deleted", "")],
    ]
