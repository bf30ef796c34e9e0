"""Sessions and failed tries in both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.user import Role, User
from app.storage.database import Database
from app.storage.session_store import SessionStore
from app.storage.user_store import UserStore


def day(number: int) -> str:
    return f"2026-11-{number:02}T12:00:00.000Z"


@pytest.fixture
def sessions(database: Database) -> SessionStore:
    return SessionStore(database)


@pytest.fixture
def ada(database: Database) -> User:
    return UserStore(database).add("Ada", "hash", Role.OWNER)


def test_a_session_is_found_until_it_ends(sessions: SessionStore, ada: User) -> None:
    sessions.open("key", ada.id, day(10))
    assert sessions.find("key", day(1), day(9)) == (ada, day(10))
    assert sessions.find("other", day(1), day(9)) is None
    assert sessions.find("key", day(10), day(9)) is None, "too old"
    assert sessions.find("key", day(1), day(10)) is None, "not used for too long"
    sessions.touch("key", day(12))
    assert sessions.find("key", day(1), day(10)) == (ada, day(12))
    sessions.close("key")
    sessions.close("key")
    assert sessions.find("key", day(1), day(1)) is None


def test_sessions_that_have_ended_are_forgotten(sessions: SessionStore, ada: User) -> None:
    for number in (5, 6, 7):
        sessions.open(str(number), ada.id, day(number))
    sessions.touch("5", day(8))
    sessions.drop_ended(day(5), day(6))
    found = [number for number in "567" if sessions.find(number, day(1), day(1))]
    assert found == ["7"]


def test_so_many_may_fail_and_no_more(sessions: SessionStore) -> None:
    assert sessions.claim_guess("ada", day(10), day(9), 2) is None
    assert sessions.claim_guess("ada", day(11), day(9), 2) is None
    assert sessions.claim_guess("ada", day(11), day(9), 2) == day(10)
    assert sessions.claim_guess("ben", day(11), day(9), 2) is None
    assert sessions.claim_guess("ada", day(12), day(10), 2) is None, "the first one is forgotten"
    sessions.forget_failures("ada")
    assert sessions.claim_guess("ada", day(12), day(10), 1) is None


def test_many_tries_at_once_are_counted_one_by_one(sessions: SessionStore) -> None:
    with ThreadPoolExecutor(8) as threads:
        tries = [threads.submit(sessions.claim_guess, "ada", day(10), day(9), 3) for _ in range(16)]
    assert [attempt.result() for attempt in tries].count(None) == 3
