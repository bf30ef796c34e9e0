"""Requests over HTTP with nothing but the standard library."""

import http.client
import json
import os
import shutil
import uuid
from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from app.client.errors import ConnectionFailedError, refusal

_FIRST_FAILURE = 400


class Transport:
    """Sends requests to one server; a connection each, so that threads may share it.

    Args:
        address: Such as ``http://127.0.0.1:8000``; a path in front of ``/api`` is kept.
        token: Of a server that asks for one.
        timeout_s: Longest silence of the server.

    Raises:
        ValueError: If the address is none.
    """

    def __init__(self, address: str, token: str, timeout_s: float) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"address must look like http://127.0.0.1:8000, got {address!r}")
        self._is_secure = parts.scheme == "https"
        self._place = (parts.hostname, parts.port)
        self._prefix = parts.path.rstrip("/")
        self._timeout_s = timeout_s
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._cookies: dict[str, str] = {}

    def get(self, path: str, **query: Any) -> Any:
        """Return the JSON of an address."""
        return self.send("GET", path, query=query)

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Send JSON and return the JSON of the answer; ``None`` if it has none.

        Raises:
            ClientError: If the server refuses or does not answer.
        """
        content = None if body is None else json.dumps(body, allow_nan=False).encode()
        kind = {} if content is None else {"Content-Type": "application/json"}
        address = _with_query(path, query or {})
        return self._exchange(method, address, content, {**kind, **(headers or {})}, _read_json)

    def upload(self, path: str, name: str, content: bytes, **query: Any) -> Any:
        """Send a file as a form and return the JSON of the answer.

        Raises:
            ClientError: If the server refuses or does not answer.
        """
        boundary = uuid.uuid4().hex
        safe_name = name.replace("\\", "_").replace('"', "%22").replace("\r", "").replace("\n", "")
        head = (
            f"--{boundary}\r\nContent-Disposition: form-data; "
            f'name="file"; filename="{safe_name}"\r\n\r\n'
        )
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._exchange("POST", _with_query(path, query), body, kind, _read_json)

    def download(self, path: str, target: Path) -> None:
        """Save what stands at an address; the file is there only when it is complete.

        Raises:
            ClientError: If the server refuses or does not answer.
        """
        unfinished = target.with_name(f".{target.name}.{uuid.uuid4().hex}")

        def save(response: http.client.HTTPResponse) -> None:
            with unfinished.open("wb") as file:
                shutil.copyfileobj(response, file)
            expected = response.getheader("Content-Length")
            if expected is not None and unfinished.stat().st_size != int(expected):
                raise http.client.IncompleteRead(b"", int(expected))
            unfinished.replace(target)

        try:
            self._exchange("GET", path, None, {}, save)
        finally:
            unfinished.unlink(missing_ok=True)

    def _exchange(
        self,
        method: str,
        path: str,
        body: bytes | None,
        headers: Mapping[str, str],
        read: Callable[[http.client.HTTPResponse], Any],
    ) -> Any:
        kind = http.client.HTTPSConnection if self._is_secure else http.client.HTTPConnection
        connection = kind(*self._place, timeout=self._timeout_s)
        try:
            sent = {**self._headers, **self._cookie_header(), **headers}
            connection.request(method, self._prefix + path, body, sent)
            response = connection.getresponse()
            self._keep_cookies(response)
            if response.status >= _FIRST_FAILURE:
                raise refusal(response.status, _read_json(response))
            return read(response)
        except (OSError, http.client.HTTPException) as error:
            raise ConnectionFailedError(
                f"{method} {path} must be answered, got {type(error).__name__}: {error}"
            ) from error
        finally:
            connection.close()

    def _cookie_header(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {"Cookie": cookies} if cookies else {}

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        # Of signing in and out. Threads see the old ones or the new ones, never a part.
        cookies = dict(self._cookies)
        for line in response.headers.get_all("Set-Cookie") or ():
            for name, cookie in SimpleCookie(line).items():
                cookies.pop(name, None)
                if cookie.value and cookie["max-age"] != "0":
                    cookies[name] = cookie.value
        self._cookies = cookies


def _read_json(response: http.client.HTTPResponse) -> Any:
    content = response.read()
    if not content:
        return None
    try:
        return json.loads(content)
    except ValueError:
        return None


def _with_query(path: str, query: Mapping[str, Any]) -> str:
    given = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path


def read_file(file: str | os.PathLike[str]) -> tuple[str, bytes]:
    """Return the name and the bytes of a file."""
    path = Path(file)
    return path.name, path.read_bytes()
