"""The twelfth step adds the patterns of classes; earlier ones have none."""

from __future__ import annotations

from pathlib import Path

from app.domain.category import Pattern
from app.storage.category_store import CategoryStore
from app.storage.database import Database


def test_earlier_classes_are_plain(earlier_path: Path) -> None:
    database = Database(earlier_path)
    patterns = {category.content.pattern for category in CategoryStore(database).list_all()}
    database.close()
    assert patterns == {Pattern.PLAIN}
