"""People for tests of accounts, with hashes that take no time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from app.context import AppContext
from app.domain.user import Role, User
from app.services.account_service import AccountService
from app.services.passwords import Passwords
from app.storage.database import Database
from app.storage.session_store import SessionStore
from app.storage.user_store import UserStore

PASSWORD = "a word that nobody guesses"


class Clock:
    """A time that passes only when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 27, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


def quick_passwords() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def make_accounts(database: Database, clock: Clock | None = None) -> AccountService:
    return AccountService(
        UserStore(database), SessionStore(database), quick_passwords(), clock or Clock()
    )


def add_team(accounts: AccountService) -> dict[Role, User]:
    """Add one user of each role, named like the role, with `PASSWORD`."""
    return {role: accounts.add_user(role.value.title(), PASSWORD, role) for role in Role}


@pytest.fixture
def team(context: AppContext, monkeypatch: pytest.MonkeyPatch) -> dict[Role, User]:
    """Switch accounts on; one user of each role."""
    monkeypatch.setattr("app.services.account_service._LOOKED_UP_EVERY_S", 0.0)
    return add_team(make_accounts(context.database))


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD) -> None:
    """Sign in as a browser does."""
    answer = client.post("/api/session", json={"name": name, "password": password})
    assert answer.status_code == 200, answer.text
