"""Signing in and out, and one's own password."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from app.blueprints.access import session_caller, session_cookie, set_session_cookie
from app.blueprints.current import json_body, services
from app.blueprints.permissions import caller, needs, refuse_without_accounts
from app.domain.user import UNNAMED, Permission, caller_of
from app.schemas.user_schema import format_session, parse_credentials, parse_new_password
from app.services.account_service import LONGEST_SESSION

bp = Blueprint("session", __name__, url_prefix="/api/session")

_MAX_AGE_S = int(LONGEST_SESSION.total_seconds())


@bp.get("")
@needs(Permission.OPEN)
def get_session() -> dict[str, Any]:
    """Say who is signed in, and what they may do."""
    is_on = services().accounts.is_on()
    return format_session(is_on, session_caller() if is_on else UNNAMED)


@bp.post("")
@needs(Permission.OPEN)
def sign_in() -> Response:
    """Sign in with name and password; the answer sets the cookie of a new session."""
    wanted = parse_credentials(json_body())
    if not services().accounts.is_on():
        refuse_without_accounts()
    earlier = request.cookies.get(session_cookie())
    user, key = services().accounts.sign_in(wanted.name, wanted.password)
    if earlier:
        services().accounts.sign_out(earlier)
    response = jsonify(format_session(True, caller_of(user)))
    set_session_cookie(response, key, _MAX_AGE_S)
    return response


@bp.delete("")
@needs(Permission.OPEN)
def sign_out() -> Response:
    """End the session of the cookie, if there is one."""
    key = request.cookies.get(session_cookie())
    if key:
        services().accounts.sign_out(key)
    response = Response(status=204)
    response.delete_cookie(session_cookie(), httponly=True, samesite="Strict")
    return response


@bp.patch("")
@needs(Permission.ACCOUNT)
def change_password() -> Response:
    """Change one's own password; all other sessions of the person end."""
    wanted = parse_new_password(json_body())
    user = caller().user
    if user is None:  # the check before the view lets only persons in, or nobody has accounts
        refuse_without_accounts()
    key = services().accounts.change_own_password(user, wanted.password, wanted.new_password)
    response = jsonify(format_session(True, caller_of(user)))
    set_session_cookie(response, key, _MAX_AGE_S)
    return response
