"""What views declare, and what the check says."""

from __future__ import annotations

import pytest

from app.blueprints.permissions import (
    check_account_free,
    check_permission,
    needs,
    refuse_without_accounts,
)
from app.domain.user import UNNAMED, Permission, Role, User, caller_of
from app.errors import ForbiddenError


def test_declaring_a_permission_leaves_the_view_as_it_is() -> None:
    def view() -> str:
        return "answer"

    assert needs(Permission.READ)(view) is view
    assert view() == "answer"


def test_a_refusal_says_what_is_missing() -> None:
    ben = caller_of(User(1, "Ben", Role.READER, is_disabled=False, created_at=""))
    check_permission(ben, Permission.READ)
    with pytest.raises(ForbiddenError, match=r"a role that may manage users .* got reader"):
        check_permission(ben, Permission.MANAGE_USERS)
    with pytest.raises(ForbiddenError, match="got program"):
        check_permission(UNNAMED, Permission.ACCOUNT)


def test_without_accounts_only_what_needs_a_person_is_refused() -> None:
    for permission in UNNAMED.permissions:
        check_account_free(permission)
    for permission in (Permission.ACCOUNT, Permission.MANAGE_USERS):
        with pytest.raises(ForbiddenError) as caught:
            check_account_free(permission)
        assert caught.value.code == "accounts_off"
    with pytest.raises(ForbiddenError, match="must have accounts"):
        refuse_without_accounts()
