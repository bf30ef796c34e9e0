"""People who sign in, and what each role may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Permission(StrEnum):
    """What a view asks of whoever calls it; every view names exactly one.

    Attributes:
        OPEN: Nothing: the page itself, signing in.
        ACCOUNT: To be signed in as a person; it concerns only that person's own account.
        READ: To see everything, and to export it.
        ANNOTATE: To make, change and delete masks, and to say how far an image is.
        REVIEW: To accept and reject what others made.
        ORGANISE: To add and delete projects, images and classes, to import, to assign.
        MANAGE_USERS: To add people and to change what they may do.
    """

    OPEN = "open"
    ACCOUNT = "account"
    READ = "read"
    ANNOTATE = "annotate"
    REVIEW = "review"
    ORGANISE = "organise"
    MANAGE_USERS = "manage_users"


class Role(StrEnum):
    """What a person does in the team."""

    OWNER = "owner"
    REVIEWER = "reviewer"
    ANNOTATOR = "annotator"
    READER = "reader"


_READER = frozenset({Permission.OPEN, Permission.ACCOUNT, Permission.READ})
_ANNOTATOR = _READER | {Permission.ANNOTATE}
_REVIEWER = _ANNOTATOR | {Permission.REVIEW}

# The one table: what each role may do.
PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.READER: _READER,
        Role.ANNOTATOR: _ANNOTATOR,
        Role.REVIEWER: _REVIEWER,
        Role.OWNER: frozenset(Permission),
    }
)


@dataclass(frozen=True, slots=True)
class User:
    """A person who may sign in.

    Attributes:
        id: From 1, never used twice.
        name: As it is shown, and as the author of what the person makes.
        role: What the person may do.
        is_disabled: Whether the person is kept out; what they made stays.
        created_at: UTC, ISO 8601.
    """

    id: int
    name: str
    role: Role
    is_disabled: bool
    created_at: str


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever a request is from.

    Attributes:
        user: The person who is signed in; ``None`` for a program with the token, and for everybody
            on a server without accounts.
        permissions: What the caller may do.
    """

    user: User | None
    permissions: frozenset[Permission]


# A server without accounts, and a program that brings the token: all but what needs a person.
UNNAMED = Caller(None, frozenset(Permission) - {Permission.ACCOUNT, Permission.MANAGE_USERS})


def caller_of(user: User) -> Caller:
    """Return a person as a caller."""
    return Caller(user, PERMISSIONS[user.role])
