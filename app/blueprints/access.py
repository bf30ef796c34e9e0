"""The token that a server for other machines asks for, as a notebook server does."""

import hashlib
import hmac
import ipaddress
from urllib.parse import urlsplit

from flask import Flask, Response, request

from app.config import AppConfig
from app.errors import StartUpError, UnauthorizedError

SHORTEST_TOKEN = 16
_OPEN_ROUTES = ("/api/health",)
_COOKIE_PURPOSE = b"maskwright cookie"
_YEAR_S = 365 * 24 * 3600


def init_app(app: Flask, config: AppConfig) -> None:
    """Ask for the token, if the server has one.

    A browser brings it once, in the address that the server printed, and gets a cookie; a
    program sends it as ``Authorization: Bearer``.

    Raises:
        StartUpError: If other machines can reach the server and it has no token, or a short one.
    """
    if not config.token:
        if not is_loopback(config.host):
            raise StartUpError(
                f"a server that listens on {config.host} must have a token, got none; "
                "set MASKWRIGHT_TOKEN, or listen on 127.0.0.1"
            )
        return
    if len(config.token) < SHORTEST_TOKEN:
        raise StartUpError(
            f"MASKWRIGHT_TOKEN must have at least {SHORTEST_TOKEN} characters, "
            f"got {len(config.token)}; leave it out to get a random one"
        )
    pass_value = hmac.new(config.token.encode(), _COOKIE_PURPOSE, hashlib.sha256).hexdigest()

    def check_token() -> Response | None:
        given = request.args.get("token")
        if given is not None and request.path == "/" and _is_equal(given, config.token):
            return _let_in(pass_value)
        if request.path in _OPEN_ROUTES or _is_let_in(config.token, pass_value):
            return None
        if request.path == "/" and request.method == "GET":
            page = (config.static_dir / "token.html").read_text(encoding="utf-8")
            return Response(page, 401, mimetype="text/html")
        raise UnauthorizedError(
            "token_required",
            "a request must bring the token that the server printed, got none or another one",
            "open the address that the server printed, or send it as 'Authorization: Bearer'",
        )

    app.before_request(check_token)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach a server that listens there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _let_in(pass_value: str) -> Response:
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


def _is_let_in(token: str, pass_value: str) -> bool:
    kind, _, sent = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and _is_equal(sent.strip(), token):
        return True
    return _is_equal(request.cookies.get(_cookie_name(), ""), pass_value)


def _cookie_name() -> str:
    # Cookies know no ports: two servers of one machine must not take each other's.
    return f"maskwright-{urlsplit(f'//{request.host}').port or 'web'}"


def _is_equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
