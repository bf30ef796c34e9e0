"""Passwords as argon2id hashes."""

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import UnprocessableError

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200

# Of a random text that nobody kept: what an unknown name is compared with, so that it takes as
# long as a known one.
NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$"
    "K93HmqZdn9lH7u+KiL9AQw$2/q5g9HeL8BTogZLzUFnYQpyc7tFEskBVwI0cUyJdhQ"
)

_AT_ONCE = 2


class Passwords:
    """Makes and checks hashes, a few at a time: each takes 64 MiB while it is computed.

    Args:
        hasher: How hashes are made; tests take a quicker one.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._places = threading.BoundedSemaphore(_AT_ONCE)

    def hash(self, password: str) -> str:
        """Return the hash of a new password.

        Raises:
            UnprocessableError: If it is too short or too long.
        """
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise UnprocessableError(
                "password_length",
                f"a password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters, "
                f"got {len(password)}",
                "a few words that nobody would guess together are good",
            )
        with self._places:
            return self._hasher.hash(_same_signs(password))

    def is_right(self, password: str, kept: str | None) -> bool:
        """Return whether a password belongs to a hash, after the same work in every case.

        Args:
            password: As it was typed.
            kept: The hash; ``None`` if there is nobody of that name.
        """
        try:
            with self._places:
                self._hasher.verify(kept or NOBODY, _same_signs(password))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None


def _same_signs(password: str) -> str:
    # One sign can be typed in several ways, by one keyboard and another.
    return unicodedata.normalize("NFKC", password)
