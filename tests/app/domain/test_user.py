"""The table of roles."""

from __future__ import annotations

from itertools import pairwise

from app.domain.user import PERMISSIONS, UNNAMED, Permission, Role, User, caller_of


def test_every_role_may_what_the_one_before_may() -> None:
    order = [Role.READER, Role.ANNOTATOR, Role.REVIEWER, Role.OWNER]
    assert set(order) == set(Role)
    for less, more in pairwise(order):
        assert PERMISSIONS[less] < PERMISSIONS[more]


def test_a_reader_changes_nothing_but_their_own_account() -> None:
    assert PERMISSIONS[Role.READER] == {Permission.OPEN, Permission.ACCOUNT, Permission.READ}


def test_only_an_owner_changes_who_may_come_in() -> None:
    assert [role for role in Role if Permission.MANAGE_USERS in PERMISSIONS[role]] == [Role.OWNER]
    assert Permission.MANAGE_USERS not in UNNAMED.permissions


def test_a_person_may_what_the_role_says() -> None:
    ada = User(1, "Ada", Role.REVIEWER, is_disabled=False, created_at="")
    assert caller_of(ada).permissions == PERMISSIONS[Role.REVIEWER]
    assert caller_of(ada).user is ada
