"""Accounts: who may sign in, who is signed in."""

import hashlib
import logging
import math
import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from app.domain.user import Role, User
from app.errors import (
    AppError,
    ForbiddenError,
    NotFoundError,
    TooManyRequestsError,
    UnauthorizedError,
)
from app.services.passwords import Passwords
from app.storage.session_store import SessionStore
from app.storage.user_store import UserStore, key_of_name

LONGEST_SESSION = timedelta(days=30)
LONGEST_REST = timedelta(days=3)
GUESSES = 10
GUESSES_WITHIN = timedelta(minutes=15)

_TOUCHED_EVERY = timedelta(hours=1)
_LOOKED_UP_EVERY_S = 1.0
_KEY_BYTES = 32
_logger = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class AccountService:
    """Signs people in and out, and changes who may come in.

    Args:
        users: Where they are kept.
        sessions: Where their sessions are kept.
        passwords: Makes and checks hashes.
        now: The present time, in UTC.
    """

    def __init__(
        self,
        users: UserStore,
        sessions: SessionStore,
        passwords: Passwords,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._users = users
        self._sessions = sessions
        self._passwords = passwords
        self._now = now
        self._lock = threading.Lock()
        self._is_on = False
        self._looked_up_at = -math.inf

    def is_on(self) -> bool:
        """Return whether there are accounts; once there are, they stay.

        A first owner that the command line makes is seen within a second.
        """
        if self._is_on:
            return True
        with self._lock:
            if time.monotonic() - self._looked_up_at >= _LOOKED_UP_EVERY_S:
                self._is_on = not self._users.is_empty()
                self._looked_up_at = time.monotonic()
            return self._is_on

    def sign_in(self, name: str, password: str) -> tuple[User, str]:
        """Begin a session.

        Returns:
            The user, and the key that the browser keeps.

        Raises:
            UnauthorizedError: If name and password do not belong together.
            TooManyRequestsError: If too many passwords were tried for that name.
        """
        name_hash = _hash(key_of_name(name))
        self._claim_guess(name_hash)
        user, kept = self._users.find_name(name) or (None, None)
        is_right = self._passwords.is_right(password, kept)
        if user is None or user.is_disabled or not is_right:
            raise UnauthorizedError(
                "sign_in_failed",
                "name and password must be those of a user who may sign in, got others",
                "try again; an owner can set a new password",
            )
        self._sessions.forget_failures(name_hash)
        key = secrets.token_urlsafe(_KEY_BYTES)
        self._sessions.drop_ended(*self._limits())
        self._sessions.open(_hash(key), user.id, _to_text(self._now()))
        return user, key

    def user_of(self, key: str) -> User | None:
        """Return who has the key of an open session, or ``None``."""
        key_hash = _hash(key)
        found = self._sessions.find(key_hash, *self._limits())
        if found is None:
            return None
        user, seen_at = found
        now = self._now()
        if seen_at < _to_text(now - _TOUCHED_EVERY):
            try:
                self._sessions.touch(key_hash, _to_text(now))
            except AppError:
                # Whoever only looks goes on looking while nothing can be written.
                _logger.warning("the use of a session could not be noted", exc_info=True)
        return user

    def sign_out(self, key: str) -> None:
        """End a session."""
        self._sessions.close(_hash(key))

    def list_users(self) -> list[User]:
        """Return all users, disabled ones included, oldest first."""
        return self._users.list_all()

    def named(self, name: str) -> User:
        """Return the user of a name.

        Raises:
            NotFoundError: If there is none.
        """
        found = self._users.find_name(name)
        if found is None:
            _raise_missing(repr(name))
        return found[0]

    def add_user(self, name: str, password: str, role: Role) -> User:
        """Add a user; the first one must be an owner and switches accounts on.

        Raises:
            ConflictError: If the name is taken.
            UnprocessableError: If the password is too short or too long.
        """
        user = self._users.add(name, self._passwords.hash(password), role)
        self._is_on = True
        return user

    def change_user(
        self,
        user_id: int,
        *,
        role: Role | None = None,
        is_disabled: bool | None = None,
        password: str | None = None,
    ) -> User:
        """Change what is given; see `UserStore.change`.

        Raises:
            NotFoundError: If there is no such user.
            ConflictError: If no owner would remain.
            UnprocessableError: If the password is too short or too long.
        """
        password_hash = None if password is None else self._passwords.hash(password)
        user = self._users.change(
            user_id, role=role, is_disabled=is_disabled, password_hash=password_hash
        )
        if user is None:
            _raise_missing(str(user_id))
        return user

    def change_own_password(self, user: User, password: str, new_password: str) -> str:
        """Give a person another password; all their sessions end.

        Returns:
            The key of a new session.

        Raises:
            ForbiddenError: If the present password is another one.
            TooManyRequestsError: If too many passwords were tried for that name.
            UnprocessableError: If the new one is too short or too long.
        """
        name_hash = _hash(key_of_name(user.name))
        self._claim_guess(name_hash)
        _, kept = self._users.find_name(user.name) or (None, None)
        if not self._passwords.is_right(password, kept):
            raise ForbiddenError(
                "password_wrong",
                "the present password must be given, got another one",
                "try again; an owner can set a new password",
            )
        self._sessions.forget_failures(name_hash)
        self.change_user(user.id, password=new_password)
        return self.sign_in(user.name, new_password)[1]

    def _claim_guess(self, name_hash: str) -> None:
        now = self._now()
        first = self._sessions.claim_guess(
            name_hash, _to_text(now), _to_text(now - GUESSES_WITHIN), GUESSES
        )
        if first is None:
            return
        left = datetime.fromisoformat(first) + GUESSES_WITHIN - now
        seconds = max(1, math.ceil(left.total_seconds()))
        raise TooManyRequestsError(
            "too_many_sign_ins",
            f"at most {GUESSES} wrong passwords may be tried for a name within "
            f"{GUESSES_WITHIN.seconds // 60} minutes, got more",
            f"wait {math.ceil(seconds / 60)} minutes",
            seconds,
        )

    def _limits(self) -> tuple[str, str]:
        now = self._now()
        return _to_text(now - LONGEST_SESSION), _to_text(now - LONGEST_REST)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _to_text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _raise_missing(got: str) -> NoReturn:
    raise NotFoundError(
        "user_not_found", f"the user must exist, got {got}", "see the list of users"
    )
