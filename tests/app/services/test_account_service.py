"""Signing in and out, in both databases."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta

import pytest

from app.domain.user import Role, User
from app.errors import (
    ForbiddenError,
    NotFoundError,
    TooManyRequestsError,
    UnauthorizedError,
    UnprocessableError,
    read_only_error,
)
from app.services.account_service import (
    GUESSES,
    GUESSES_WITHIN,
    LONGEST_REST,
    LONGEST_SESSION,
    AccountService,
)
from app.storage.database import Database
from app.storage.session_store import SessionStore
from tests.helpers.accounts import PASSWORD, Clock, make_accounts


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(database: Database, clock: Clock) -> AccountService:
    return make_accounts(database, clock)


@pytest.fixture
def ada(accounts: AccountService) -> User:
    return accounts.add_user("Ada", PASSWORD, Role.OWNER)


def fail_to_sign_in(accounts: AccountService, name: str = "Ada") -> None:
    with suppress(UnauthorizedError):
        accounts.sign_in(name, "another password")


def test_the_first_owner_switches_accounts_on(accounts: AccountService) -> None:
    assert not accounts.is_on()
    accounts.add_user("Ada", PASSWORD, Role.OWNER)
    assert accounts.is_on()


def test_an_owner_that_another_program_makes_is_seen(
    accounts: AccountService, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not accounts.is_on()
    make_accounts(database).add_user("Ada", PASSWORD, Role.OWNER)
    monkeypatch.setattr("app.services.account_service._LOOKED_UP_EVERY_S", 0.0)
    assert accounts.is_on()


def test_a_key_is_that_of_its_user_until_the_session_ends(
    accounts: AccountService, ada: User
) -> None:
    user, key = accounts.sign_in("ada", PASSWORD)
    assert user == ada
    assert accounts.user_of(key) == ada
    accounts.sign_out(key)
    assert accounts.user_of(key) is None


def test_every_session_has_a_key_of_its_own_and_the_store_only_a_hash(
    accounts: AccountService, ada: User, database: Database
) -> None:
    keys = {accounts.sign_in(ada.name, PASSWORD)[1] for _ in range(3)}
    assert len(keys) == 3
    assert all(len(key) >= 43 for key in keys), "256 bits"
    with database.read() as session:
        kept = session.connection().exec_driver_sql("SELECT key_hash FROM sessions").fetchall()
    assert not keys & {row[0] for row in kept}


@pytest.mark.parametrize("name", ["Ada", "nobody", "", "' OR 1=1 --"])
def test_a_wrong_password_and_an_unknown_name_are_refused_alike(
    accounts: AccountService, ada: User, name: str
) -> None:
    with pytest.raises(UnauthorizedError) as caught:
        accounts.sign_in(name, "another password")
    assert caught.value.code == "sign_in_failed"
    assert ada.name not in caught.value.message


def test_a_session_ends_after_days_without_use(
    accounts: AccountService, ada: User, clock: Clock
) -> None:
    _, key = accounts.sign_in(ada.name, PASSWORD)
    for _ in range(3):
        clock.now += LONGEST_REST - timedelta(minutes=1)
        assert accounts.user_of(key) == ada
    clock.now += LONGEST_REST
    assert accounts.user_of(key) is None


def test_a_session_ends_after_a_month_however_much_it_is_used(
    accounts: AccountService, ada: User, clock: Clock
) -> None:
    _, key = accounts.sign_in(ada.name, PASSWORD)
    begun = clock.now
    while clock.now + timedelta(days=2) < begun + LONGEST_SESSION:
        clock.wait(days=2)
        assert accounts.user_of(key) == ada
    clock.wait(days=2)
    assert accounts.user_of(key) is None


def test_who_only_looks_goes_on_while_nothing_can_be_written(
    accounts: AccountService,
    ada: User,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _, key = accounts.sign_in(ada.name, PASSWORD)
    clock.wait(hours=2)

    def refuse(*_: object) -> None:
        raise read_only_error()

    monkeypatch.setattr(SessionStore, "touch", refuse)
    with caplog.at_level(logging.WARNING):
        assert accounts.user_of(key) == ada
    assert "the use of a session could not be noted" in caplog.text
    assert ada.name not in caplog.text
    assert key not in caplog.text


def test_guessing_stops_and_goes_on_later(
    accounts: AccountService, ada: User, clock: Clock
) -> None:
    for _ in range(GUESSES):
        fail_to_sign_in(accounts)
    clock.wait(minutes=5)
    with pytest.raises(TooManyRequestsError) as caught:
        accounts.sign_in("ADA", PASSWORD)
    assert caught.value.retry_after_s == 600
    clock.now += GUESSES_WITHIN
    assert accounts.sign_in("Ada", PASSWORD)[0] == ada


def test_guessing_at_one_name_leaves_the_others_alone(accounts: AccountService, ada: User) -> None:
    for _ in range(GUESSES + 1):
        with suppress(TooManyRequestsError):
            fail_to_sign_in(accounts, "Ben")
    assert accounts.sign_in("Ada", PASSWORD)[0] == ada


def test_guesses_are_counted_over_a_restart(
    accounts: AccountService, database: Database, ada: User, clock: Clock
) -> None:
    for _ in range(GUESSES):
        fail_to_sign_in(accounts, ada.name)
    with pytest.raises(TooManyRequestsError):
        make_accounts(database, clock).sign_in("Ada", PASSWORD)


def test_a_right_password_makes_the_wrong_ones_forgotten(
    accounts: AccountService, ada: User
) -> None:
    for _ in range(3):
        for _ in range(GUESSES - 1):
            fail_to_sign_in(accounts)
        accounts.sign_in(ada.name, PASSWORD)


def test_whoever_is_disabled_is_out_at_once_and_cannot_come_back(
    accounts: AccountService, ada: User
) -> None:
    ben = accounts.add_user("Ben", PASSWORD, Role.ANNOTATOR)
    _, key = accounts.sign_in("Ben", PASSWORD)
    accounts.change_user(ben.id, is_disabled=True)
    assert accounts.user_of(key) is None
    with pytest.raises(UnauthorizedError):
        accounts.sign_in("Ben", PASSWORD)
    accounts.change_user(ben.id, is_disabled=False)
    assert accounts.user_of(key) is None
    assert accounts.sign_in("Ben", PASSWORD)[0].name == "Ben"
    assert accounts.named("ada") == ada


def test_another_role_holds_in_open_sessions(accounts: AccountService, ada: User) -> None:
    ben = accounts.add_user("Ben", PASSWORD, Role.OWNER)
    _, key = accounts.sign_in("Ben", PASSWORD)
    accounts.change_user(ben.id, role=Role.READER)
    user = accounts.user_of(key)
    assert user is not None
    assert user.role is Role.READER
    assert ada.role is Role.OWNER


def test_another_password_ends_all_sessions_but_the_new_one(
    accounts: AccountService, ada: User
) -> None:
    _, elsewhere = accounts.sign_in(ada.name, PASSWORD)
    key = accounts.change_own_password(ada, PASSWORD, "a quite different one")
    assert accounts.user_of(elsewhere) is None
    assert accounts.user_of(key) == ada
    with pytest.raises(UnauthorizedError):
        accounts.sign_in(ada.name, PASSWORD)


def test_another_password_wants_the_present_one(accounts: AccountService, ada: User) -> None:
    _, key = accounts.sign_in(ada.name, PASSWORD)
    for _ in range(GUESSES):
        with pytest.raises(ForbiddenError, match="the present password must be given"):
            accounts.change_own_password(ada, "guessed", "a quite different one")
    with pytest.raises(TooManyRequestsError):
        accounts.change_own_password(ada, PASSWORD, "a quite different one")
    assert accounts.user_of(key) == ada


def test_a_short_new_password_changes_nothing(accounts: AccountService, ada: User) -> None:
    _, key = accounts.sign_in(ada.name, PASSWORD)
    with pytest.raises(UnprocessableError):
        accounts.change_own_password(ada, PASSWORD, "short")
    assert accounts.user_of(key) == ada


def test_who_is_not_there_cannot_be_changed(accounts: AccountService, ada: User) -> None:
    with pytest.raises(NotFoundError, match="got 99"):
        accounts.change_user(ada.id + 98, role=Role.READER)
    with pytest.raises(NotFoundError, match="got 'Ben'"):
        accounts.named("Ben")
