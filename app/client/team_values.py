"""People, as the server answers them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.client.values import Value


@dataclass(frozen=True, slots=True)
class User(Value):
    """Somebody who may sign in.

    Attributes:
        id: From 1.
        name: Unique, whatever the case of its letters.
        role: ``owner``, ``reviewer``, ``annotator`` or ``reader``.
        is_disabled: Whether they may not sign in any more.
        created_at: UTC, ISO 8601.
    """

    id: int
    name: str
    role: str
    is_disabled: bool
    created_at: str


@dataclass(frozen=True, slots=True)
class Session(Value):
    """Who is signed in.

    Attributes:
        has_accounts: Whether people sign in on this server.
        user: ``None`` for nobody, and on a server without accounts.
        permissions: What they may do.
    """

    has_accounts: bool
    user: User | None
    permissions: Sequence[str]

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the value.

        Raises:
            KeyError: If a field is missing.
        """
        user = values["user"]
        return cls(
            values["has_accounts"],
            None if user is None else User.from_json(user),
            values["permissions"],
        )


@dataclass(frozen=True, slots=True)
class Assignment(Value):
    """An image that somebody shall work on.

    Attributes:
        image_id: The image.
        user_id: The user.
    """

    image_id: int
    user_id: int
