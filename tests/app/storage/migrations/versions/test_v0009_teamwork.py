"""The ninth step adds reviews and assignments; nothing was reviewed before."""

from __future__ import annotations

from pathlib import Path

from app.storage.assignment_store import AssignmentStore
from app.storage.database import Database
from app.storage.review_store import ReviewStore


def test_in_an_earlier_store_nothing_is_reviewed_or_assigned(earlier_path: Path) -> None:
    database = Database(earlier_path)
    assert ReviewStore(database).current(1) == []
    assert AssignmentStore(database).list_all(1) == []
    database.close()
