"""Every failure of every route has exactly this shape.

::

{"error": {"code": "image_not_found", "message": "...", "hint": "..."}}
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.helpers.project_files import project_files, read_project_file

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CODE = re.compile(r"[a-z][a-z0-9_]*")


def methods_by_address(app: Flask) -> dict[str, set[str]]:
    """Return the methods of every address of the API, such as ``/api/images/<int:image_id>``."""
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            found.setdefault(rule.rule, set()).update(rule.methods or ())
    return found


def with_id(address: str, value: str) -> str:
    return re.sub(r"<[^>]+>", value, address)


def check_shape(answer: TestResponse) -> None:
    assert answer.mimetype == "application/json"
    body = answer.json
    assert isinstance(body, dict)
    error = body["error"]
    assert set(error) == {"code", "message", "hint"}
    assert CODE.fullmatch(error["code"])
    assert error["message"]
    assert not error["message"].endswith(".")
    assert all(isinstance(text, str) for text in error.values())
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"


def failures(client: FlaskClient, address: str, methods: set[str]) -> Iterator[TestResponse]:
    """Yield answers to requests that every address of the API must refuse."""
    plain = with_id(address, "1")
    for method in METHODS:
        yield client.open(plain, method=method, headers={"Host": "evil.example"})
        if method != "GET":
            yield client.open(plain, method=method, headers={"Sec-Fetch-Site": "cross-site"})
        if method not in methods:
            yield client.open(plain, method=method)
        elif "<" in address:
            for value in ("999999", "0", "x", "-1", "9" * 30):
                yield client.open(with_id(address, value), method=method, json={})
        elif method == "POST":
            yield client.post(plain, data="{", content_type="application/json")
            yield client.post(plain, data="x", content_type="text/plain")


def test_every_route_fails_in_the_one_shape(app: Flask, client: FlaskClient) -> None:
    addresses = methods_by_address(app)
    assert len(addresses) >= 15
    for address, methods in addresses.items():
        for answer in failures(client, address, methods):
            assert answer.status_code in {400, 403, 404, 405, 415}, (address, answer.text)
            check_shape(answer)


@pytest.mark.parametrize("address", ["/nowhere", "/api", "/api/images/", "/static/none.js"])
def test_unknown_addresses_fail_in_the_one_shape(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    check_shape(answer)


def codes_in(path: Path) -> set[str]:
    """Return the codes that a file gives to the classes of the error tree."""
    found = set()
    for node in ast.walk(ast.parse(read_project_file(path))):
        is_error = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Error")
        if is_error and node.args and isinstance(node.args[0], ast.Constant):
            code = node.args[0].value
            if isinstance(code, str) and CODE.fullmatch(code) and "_" in code:
                found.add(code)
    return found


def test_every_code_is_documented() -> None:
    raised = set().union(
        *(codes_in(path) for path in project_files(".py") if path.parts[0] == "app")
    )
    assert len(raised) > 25
    documented = set(re.findall(r"^\| `([a-z_]+)` \|", read_project_file("docs/http_api.md"), re.M))
    assert raised - documented == set()
