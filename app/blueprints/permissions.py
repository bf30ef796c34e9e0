"""What a view asks of whoever calls it."""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from flask import current_app, g, request

from app.domain.user import UNNAMED, Caller, Permission
from app.errors import ForbiddenError
from app.schemas.annotation_schema import parse_author_header

_ATTRIBUTE = "needed_permission"
_View = TypeVar("_View", bound=Callable[..., Any])


def needs(permission: Permission) -> Callable[[_View], _View]:
    """Declare what a view needs; it is checked before the view is called."""

    def declare(view: _View) -> _View:
        setattr(view, _ATTRIBUTE, permission)
        return view

    return declare


def declared_permission(endpoint: str) -> Permission | None:
    """Return what the view of an endpoint declares, or ``None``."""
    found: Permission | None = getattr(current_app.view_functions[endpoint], _ATTRIBUTE, None)
    return found


def caller() -> Caller:
    """Return whoever this request is from; only in views that are not open."""
    found: Caller = g.caller
    return found


def author_of_request() -> str:
    """Return who makes a change: the person who is signed in, else whom the request names.

    Raises:
        InvalidRequestError: If the header that names somebody is malformed.
    """
    user = caller().user
    return user.name if user else parse_author_header(request.headers.get("X-Author"))


def check_permission(asking: Caller, permission: Permission) -> None:
    """Refuse whoever may not do something.

    Raises:
        ForbiddenError: If the caller lacks the permission.
    """
    if permission in asking.permissions:
        return
    role = asking.user.role.value if asking.user else "program"
    raise ForbiddenError(
        "permission_missing",
        f"a role that may {permission.value.replace('_', ' ')} must ask for this, got {role}",
        "ask an owner for another role",
    )


def check_account_free(permission: Permission) -> None:
    """Refuse what needs a person who is signed in, on a server without accounts.

    Raises:
        ForbiddenError: If it does.
    """
    if permission not in UNNAMED.permissions:
        refuse_without_accounts()


def refuse_without_accounts() -> NoReturn:
    """Refuse what there is only with accounts.

    Raises:
        ForbiddenError: Always.
    """
    raise ForbiddenError(
        "accounts_off",
        "the server must have accounts for this, got one without",
        "add an owner with 'python -m app users add --role owner NAME'",
    )
