"""Users in both databases."""

from __future__ import annotations

import pytest

from app.domain.user import Role
from app.errors import ConflictError
from app.storage.database import Database
from app.storage.session_store import SessionStore
from app.storage.user_store import UserStore, key_of_name

NOON, EARLIER = "2026-11-27T12:00:00.000Z", "2026-11-20T12:00:00.000Z"


@pytest.fixture
def users(database: Database) -> UserStore:
    return UserStore(database)


def test_a_new_store_has_no_user(users: UserStore) -> None:
    assert users.is_empty()
    assert users.list_all() == []
    assert users.find(1) is None
    assert users.find_name("Ada") is None


def test_the_first_user_is_an_owner(users: UserStore) -> None:
    with pytest.raises(ConflictError, match="one owner who can sign in must remain"):
        users.add("Ada", "hash", Role.READER)
    assert users.is_empty()
    ada = users.add("Ada", "hash", Role.OWNER)
    assert (ada.name, ada.role, ada.is_disabled) == ("Ada", Role.OWNER, False)
    assert users.find(ada.id) == ada
    assert not users.is_empty()


@pytest.mark.parametrize("name", ["Zoë", "zoë", "ZOË", " Zoe\u0308 "])
def test_names_that_look_the_same_are_the_same(users: UserStore, name: str) -> None:
    zoe = users.add("Zoë", "hash", Role.OWNER)
    assert users.find_name(name) == (zoe, "hash")
    with pytest.raises(ConflictError, match="the name of a user must be new"):
        users.add(name, "other", Role.OWNER)


def test_a_name_that_looks_like_sql_is_a_name(users: UserStore) -> None:
    name = "'; DROP TABLE users; --"
    users.add(name, "hash", Role.OWNER)
    assert [user.name for user in users.list_all()] == [name]


def test_the_last_owner_stays_an_owner_who_can_sign_in(users: UserStore) -> None:
    ada = users.add("Ada", "hash", Role.OWNER)
    for change in ({"role": Role.READER}, {"is_disabled": True}):
        with pytest.raises(ConflictError, match="one owner"):
            users.change(ada.id, **change)  # type: ignore[arg-type]
    assert users.find(ada.id) == ada
    ben = users.add("Ben", "hash", Role.OWNER)
    assert users.change(ada.id, is_disabled=True) is not None
    with pytest.raises(ConflictError, match="one owner"):
        users.change(ben.id, role=Role.ANNOTATOR)


def test_only_what_is_given_changes(users: UserStore) -> None:
    users.add("Ada", "hash", Role.OWNER)
    ben = users.add("Ben", "hash", Role.READER)
    changed = users.change(ben.id, role=Role.REVIEWER)
    assert changed is not None
    assert (changed.role, changed.is_disabled) == (Role.REVIEWER, False)
    assert users.find_name("Ben") == (changed, "hash")
    assert users.change(99, role=Role.READER) is None


def test_whoever_is_disabled_or_gets_another_password_is_signed_out(
    users: UserStore, database: Database
) -> None:
    sessions = SessionStore(database)
    users.add("Ada", "hash", Role.OWNER)
    ben = users.add("Ben", "hash", Role.READER)
    for change in ({"is_disabled": True}, {"password_hash": "new"}):
        users.change(ben.id, is_disabled=False)
        sessions.open("k", ben.id, NOON)
        users.change(ben.id, role=Role.ANNOTATOR)
        assert sessions.find("k", EARLIER, EARLIER) is not None
        users.change(ben.id, **change)  # type: ignore[arg-type]
        users.change(ben.id, is_disabled=False)
        assert sessions.find("k", EARLIER, EARLIER) is None


def test_the_key_of_a_name_is_the_same_for_all_spellings() -> None:
    assert key_of_name("STRASSE") == key_of_name("straße")
