"""Users and passwords as JSON."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.user import Permission, Role, User, caller_of
from app.errors import InvalidRequestError
from app.schemas.user_schema import (
    Credentials,
    NewPassword,
    NewUser,
    UserChanges,
    format_session,
    parse_credentials,
    parse_new_password,
    parse_new_user,
    parse_user_changes,
    parse_user_name,
)

ADA = User(1, "Ada", Role.OWNER, is_disabled=False, created_at="2026-11-27T12:00:00.000Z")


def test_spaces_around_a_password_belong_to_it() -> None:
    assert parse_credentials({"name": " Ada ", "password": " x "}) == Credentials("Ada", " x ")


@pytest.mark.parametrize("password", [None, "", 7, ["x"], "x" * 1001, "\ud800"])
def test_what_is_no_password_is_refused_and_not_repeated(password: Any) -> None:
    for parse in (parse_credentials, parse_new_user):
        with pytest.raises(InvalidRequestError, match="password must be a text") as caught:
            parse({"name": "Ada", "password": password, "role": "owner"})
        assert "xxx" not in caught.value.message


@pytest.mark.parametrize("name", ["", " ", None, "a\nb", "a\u202eb", "a\0b", "x" * 101])
def test_a_name_is_short_and_can_be_seen(name: Any) -> None:
    with pytest.raises(InvalidRequestError):
        parse_user_name({"name": name})


def test_a_new_user_has_name_password_and_role() -> None:
    new = parse_new_user({"name": "Zoe\u0308", "password": "p", "role": "annotator"})
    assert new == NewUser("Zoë", "p", Role.ANNOTATOR)
    for role in (None, "admin", "OWNER", 1):
        with pytest.raises(InvalidRequestError, match="role must be"):
            parse_new_user({"name": "Zoe", "password": "p", "role": role})


def test_only_given_fields_change() -> None:
    assert parse_user_changes({}) == UserChanges(None, None, None)
    given = {"role": "reader", "is_disabled": True, "password": "p"}
    assert parse_user_changes(given) == UserChanges(Role.READER, True, "p")
    with pytest.raises(InvalidRequestError, match="is_disabled must be true or false"):
        parse_user_changes({"is_disabled": 1})


def test_a_new_password_names_the_present_one() -> None:
    wanted = parse_new_password({"password": "a", "new_password": "b"})
    assert wanted == NewPassword("a", "b")
    with pytest.raises(InvalidRequestError, match="new_password must be a text"):
        parse_new_password({"password": "a"})


def test_a_session_says_who_and_what_they_may() -> None:
    assert format_session(True, None) == {"has_accounts": True, "user": None, "permissions": []}
    session = format_session(True, caller_of(ADA))
    assert session["user"]["name"] == "Ada"
    assert "password_hash" not in session["user"]
    assert session["permissions"] == sorted(Permission)
