"""Hashes of passwords, and the same work for everybody."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from app.errors import UnprocessableError
from app.services.passwords import LONGEST_PASSWORD, NOBODY, SHORTEST_PASSWORD, Passwords
from tests.helpers.accounts import PASSWORD, quick_passwords


def test_a_hash_is_argon2id_and_holds_for_its_password_alone() -> None:
    kept = Passwords().hash(PASSWORD)
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept
    assert Passwords().is_right(PASSWORD, kept)
    assert not Passwords().is_right(f"{PASSWORD} ", kept)


def test_the_same_password_has_another_hash_every_time() -> None:
    passwords = quick_passwords()
    assert passwords.hash(PASSWORD) != passwords.hash(PASSWORD)


def test_an_unknown_name_costs_what_a_known_one_costs() -> None:
    # The same parameters, so the same work: a clock on a busy machine proves nothing.
    assert not PasswordHasher().check_needs_rehash(NOBODY)
    assert not Passwords().is_right(PASSWORD, None)


def test_what_is_no_hash_lets_nobody_in() -> None:
    for kept in ("", "x", "$argon2id$v=19$m=8,t=1,p=1$"):
        assert not quick_passwords().is_right(PASSWORD, kept)


def test_one_sign_may_be_typed_in_two_ways() -> None:
    passwords = quick_passwords()
    assert passwords.is_right("u\u0308ber alle Berge", passwords.hash("\u00fcber alle Berge"))


@pytest.mark.parametrize("length", [0, SHORTEST_PASSWORD - 1, LONGEST_PASSWORD + 1])
def test_a_password_of_another_length_is_refused_and_not_repeated(length: int) -> None:
    with pytest.raises(UnprocessableError, match="must have 10 to 200 characters") as caught:
        quick_passwords().hash("q" * length)
    assert length == 0 or "q" * length not in str(caught.value)
