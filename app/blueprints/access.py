"""Who is let in: everybody on this machine, whoever has the token, or whoever signed in."""

import hashlib
import hmac
import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from app.blueprints.current import services
from app.blueprints.permissions import (
    check_account_free,
    check_permission,
    declared_permission,
)
from app.config import AppConfig
from app.domain.user import UNNAMED, Caller, Permission, caller_of
from app.errors import StartUpError, UnauthorizedError

SHORTEST_TOKEN = 16
_ROUTES_WITHOUT_TOKEN = ("/api/health",)
_USER_HEADER = "X-Maskwright-User"
_COOKIE_PURPOSE = b"maskwright cookie"
_YEAR_S = 365 * 24 * 3600


def init_app(app: Flask, config: AppConfig, *, has_accounts: bool) -> None:
    """Let in whoever may come in, and refuse what they may not do.

    Without accounts a server for other machines has a token: a browser brings it once, in the
    address that the server printed, and gets a cookie; a program sends it as ``Authorization:
    Bearer``. With accounts people sign in, and the token is for programs alone.

    Raises:
        StartUpError: If other machines can reach the server and it has neither accounts nor a
            token, or a short one.
    """
    if not config.token and not has_accounts and not is_loopback(config.host):
        raise StartUpError(
            f"a server that listens on {config.host} must have a token or accounts, got none; "
            "set MASKWRIGHT_TOKEN, add an owner with 'python -m app users add', "
            "or listen on 127.0.0.1"
        )
    if config.token and len(config.token) < SHORTEST_TOKEN:
        raise StartUpError(
            f"MASKWRIGHT_TOKEN must have at least {SHORTEST_TOKEN} characters, "
            f"got {len(config.token)}; leave it out to get a random one"
        )
    pages = config.static_dir

    def check_access() -> Response | None:
        if _is_open_to_all(config.token):
            return None
        if services().accounts.is_on():
            return _check_account(config.token, pages)
        refusal = _check_token(config.token, pages) if config.token else None
        if refusal is None:
            _let_in(UNNAMED)
            _check_account_free()
        return refusal

    app.before_request(check_access)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach a server that listens there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def session_caller() -> Caller | None:
    """Return who is signed in with the cookie of this request, or ``None``."""
    key = request.cookies.get(session_cookie(), "")
    user = services().accounts.user_of(key) if key else None
    return None if user is None else caller_of(user)


def session_cookie() -> str:
    """Return the name of the cookie of a session."""
    return f"{_cookie_name()}-session"


def set_session_cookie(response: Response, key: str, max_age_s: int) -> None:
    """Give the browser the key of a session."""
    # Behind a proxy that speaks https, only the page's own address says so.
    is_secure = request.is_secure or request.headers.get("Origin", "").startswith("https:")
    response.set_cookie(
        session_cookie(),
        key,
        max_age=max_age_s,
        httponly=True,
        samesite="Strict",
        secure=is_secure,
    )


def _check_account(token: str, pages: Path) -> Response | None:
    permission = _needed_permission()
    if request.path == "/" and session_caller() is None:
        return _page(pages / "sign_in.html")
    if permission is Permission.OPEN:
        return None
    caller = UNNAMED if token and _has_bearer(token) else session_caller()
    if caller is None:
        raise UnauthorizedError(
            "sign_in_required",
            "a request must come from somebody who is signed in, got none or an ended session",
            "sign in; a program sends the token as 'Authorization: Bearer'",
        )
    _check_named_user(caller)
    _let_in(caller)
    check_permission(caller, permission)
    return None


def _check_named_user(caller: Caller) -> None:
    # All tabs of a browser share the cookie: a page that was opened by somebody else says so.
    named = request.headers.get(_USER_HEADER)
    if named is None or caller.user is None or named == str(caller.user.id):
        return
    raise UnauthorizedError(
        "signed_in_as_another",
        f"the page must belong to whoever is signed in, got user {named[:20]!r} in {_USER_HEADER}",
        "sign in again; what the page has not saved yet waits in it",
    )


def _check_token(token: str, pages: Path) -> Response | None:
    pass_value = hmac.new(token.encode(), _COOKIE_PURPOSE, hashlib.sha256).hexdigest()
    given = request.args.get("token")
    if given is not None and request.path == "/" and _is_equal(given, token):
        return _remember(pass_value)
    has_cookie = _is_equal(request.cookies.get(_cookie_name(), ""), pass_value)
    if has_cookie or _has_bearer(token):
        return None
    if request.path == "/" and request.method == "GET":
        return _page(pages / "token.html")
    raise UnauthorizedError(
        "token_required",
        "a request must bring the token that the server printed, got none or another one",
        "open the address that the server printed, or send it as 'Authorization: Bearer'",
    )


def _is_open_to_all(token: str) -> bool:
    # What nobody is asked for is sent without asking the database, which may be away.
    if request.path in _ROUTES_WITHOUT_TOKEN:
        return True
    return not token and request.path != "/" and _needed_permission() is Permission.OPEN


def _needed_permission() -> Permission:
    if request.endpoint is None:  # no such route, and whoever may not read is not told even that
        return Permission.READ
    # A view that declares nothing is the owner's alone.
    return declared_permission(request.endpoint) or Permission.MANAGE_USERS


def _check_account_free() -> None:
    permission = declared_permission(request.endpoint) if request.endpoint else None
    if permission is not None:
        check_account_free(permission)


def _let_in(caller: Caller) -> None:
    g.caller = caller


def _page(path: Path) -> Response:
    return Response(path.read_text(encoding="utf-8"), 401, mimetype="text/html")


def _remember(pass_value: str) -> Response:
    # Away from the address with the token, so that no history and no screen shows it.
    response = Response(status=303, headers={"Location": "/"})
    response.set_cookie(
        _cookie_name(),
        pass_value,
        max_age=_YEAR_S,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure,
    )
    return response


def _has_bearer(token: str) -> bool:
    kind, _, sent = request.headers.get("Authorization", "").partition(" ")
    return kind.lower() == "bearer" and _is_equal(sent.strip(), token)


def _cookie_name() -> str:
    # Cookies know no ports: two servers of one machine must not take each other's.
    return f"maskwright-{urlsplit(f'//{request.host}').port or 'web'}"


def _is_equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
