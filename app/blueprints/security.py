"""Who may talk to the server, and what a page from it may do."""

import base64
import hashlib
import ipaddress
import re
import socket
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, request

from app.config import AppConfig
from app.errors import ForbiddenError

_READING_METHODS = ("GET", "HEAD", "OPTIONS")
_FRIENDLY_SITES = ("same-origin", "none")
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)

_HEADERS = {
    # These two let WebAssembly use threads.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def init_app(app: Flask, config: AppConfig) -> None:
    """Refuse requests of other sites and add the security headers to every answer."""
    allowed_hosts = frozenset(
        name.lower()
        for name in ("localhost", config.host, socket.gethostname(), *config.allowed_hosts)
    )
    index = config.static_dir / "index.html"

    def check_request() -> None:
        _check_host(allowed_hosts)
        _check_origin()

    def add_headers(response: Response) -> Response:
        response.headers.update(_HEADERS)
        response.headers["Content-Security-Policy"] = content_security_policy(index)
        return response

    app.before_request(check_request)
    app.after_request(add_headers)


def content_security_policy(index: Path) -> str:
    """Return what the page may load: only what this server sends.

    Inline scripts (the import map) are allowed by their hash.

    Args:
        index: The page.
    """
    changed_ns = index.stat().st_mtime_ns if index.is_file() else 0
    return _policy_for(index, changed_ns)


@lru_cache(maxsize=8)
def _policy_for(index: Path, _changed_ns: int) -> str:
    # The page is read again only after it was changed, not for every answer.
    page = index.read_text(encoding="utf-8") if index.is_file() else ""
    hashes = [_hash_of(script) for script in _INLINE_SCRIPT.findall(page)]
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *hashes])
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {scripts}",
            "worker-src 'self' blob:",
            "connect-src 'self' blob: data:",
            "img-src 'self' blob: data:",
            "style-src 'self' 'unsafe-inline'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _hash_of(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _check_host(allowed_hosts: frozenset[str]) -> None:
    # A foreign name that points here (DNS rebinding) would let its page read everything. A
    # number cannot be rebound, so addresses are always fine.
    name = (urlsplit(f"//{request.host}").hostname or "").lower()
    if name in allowed_hosts or _is_address(name):
        return
    raise ForbiddenError(
        "host_not_allowed",
        f"the server must be addressed by its own name, got {name!r}",
        f"start it with --allowed-host {name} if that is its name",
    )


def _check_origin() -> None:
    if request.method in _READING_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    is_own_site = site is None or site in _FRIENDLY_SITES
    is_own_origin = origin is None or _host_of(origin) == request.host.lower()
    if not (is_own_site and is_own_origin):
        raise ForbiddenError(
            "cross_site_request",
            f"changes must come from a page of this server, got one of {origin or site}",
            "open the page at the address that the server printed",
        )


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:  # no browser sends it: brackets that do not hold an address
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True
