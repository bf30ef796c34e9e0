"""The eighth step adds the tables of accounts; without a user nothing changes."""

from __future__ import annotations

from pathlib import Path

from app.storage.database import Database
from app.storage.user_store import UserStore


def test_an_earlier_store_has_no_users(earlier_path: Path) -> None:
    database = Database(earlier_path)
    assert UserStore(database).is_empty()
    database.close()
