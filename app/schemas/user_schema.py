"""Users, sessions and passwords as JSON."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from app.domain.user import Caller, Role, User
from app.errors import InvalidRequestError
from app.schemas.json_object import FIELD_HINT, JsonObject

LONGEST_USER_NAME = 100
# Longer ones are refused before a hash is computed.
LONGEST_TYPED = 1000


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is typed to sign in."""

    name: str
    password: str


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user who shall be added."""

    name: str
    password: str
    role: Role


@dataclass(frozen=True, slots=True)
class UserChanges:
    """What shall be changed of a user; ``None`` stays as it is."""

    role: Role | None
    is_disabled: bool | None
    password: str | None


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A person's wish for another password."""

    password: str
    new_password: str


def parse_credentials(values: Any) -> Credentials:
    """Return what was typed to sign in.

    Raises:
        InvalidRequestError: If a field is missing or no text.
    """
    body = JsonObject(values)
    return Credentials(body.text("name", longest=LONGEST_TYPED), _password(body, "password"))


def parse_user_name(values: Any) -> str:
    """Return the checked name of a new user.

    Raises:
        InvalidRequestError: If it is missing, empty or too long, or has signs that cannot be seen.
    """
    name = unicodedata.normalize("NFC", JsonObject(values).text("name", longest=LONGEST_USER_NAME))
    if not name.isprintable():
        raise InvalidRequestError(
            "field_invalid",
            f"name must have only visible signs, got {name!a}",
            "retype it",
        )
    return name


def parse_new_user(values: Any) -> NewUser:
    """Return the checked user.

    Raises:
        InvalidRequestError: If a field is missing or malformed.
    """
    body = JsonObject(values)
    return NewUser(parse_user_name(values), _password(body, "password"), _role(body))


def parse_user_changes(values: Any) -> UserChanges:
    """Return the fields that change.

    Raises:
        InvalidRequestError: If a field is malformed.
    """
    body = JsonObject(values)
    return UserChanges(
        _role(body) if "role" in body else None,
        body.flag("is_disabled") if "is_disabled" in body else None,
        _password(body, "password") if "password" in body else None,
    )


def parse_new_password(values: Any) -> NewPassword:
    """Return the present password and the new one.

    Raises:
        InvalidRequestError: If one is missing or no text.
    """
    body = JsonObject(values)
    return NewPassword(_password(body, "password"), _password(body, "new_password"))


def format_user(user: User) -> dict[str, Any]:
    """Return a user as JSON."""
    return {
        "id": user.id,
        "name": user.name,
        "role": user.role.value,
        "is_disabled": user.is_disabled,
        "created_at": user.created_at,
    }


def format_session(has_accounts: bool, caller: Caller | None) -> dict[str, Any]:
    """Return who is signed in, and what they may do.

    Args:
        has_accounts: Whether people sign in here.
        caller: ``None`` for somebody who must sign in first.
    """
    return {
        "has_accounts": has_accounts,
        "user": format_user(caller.user) if caller and caller.user else None,
        "permissions": sorted(caller.permissions) if caller else [],
    }


def _role(body: JsonObject) -> Role:
    text = body.text("role", longest=20)
    try:
        return Role(text)
    except ValueError:
        roles = ", ".join(Role)
        raise InvalidRequestError(
            "field_invalid", f"role must be one of {roles}, got {text!a}", "choose one of these"
        ) from None


def _password(body: JsonObject, name: str) -> str:
    # Not through `text`: spaces around a password belong to it, and no message may show it.
    value = body.raw(name)
    if not isinstance(value, str) or not value or len(value) > LONGEST_TYPED or not _is_text(value):
        raise InvalidRequestError(
            "field_invalid",
            f"{name} must be a text of 1 to {LONGEST_TYPED} characters, got something else",
            FIELD_HINT,
        )
    return value


def _is_text(value: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in value)
