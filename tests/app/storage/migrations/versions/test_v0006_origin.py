"""The sixth step adds where a mask came from, which earlier masks do not say."""

from __future__ import annotations

from pathlib import Path

from app.storage.annotation_store import AnnotationStore
from app.storage.database import Database


def test_earlier_masks_were_not_proposed(earlier_path: Path) -> None:
    database = Database(earlier_path)
    kept = AnnotationStore(database).find(1)
    database.close()
    assert kept is not None
    assert kept.content.origin is None
