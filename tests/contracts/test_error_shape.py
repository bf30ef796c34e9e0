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


# Codes that a person at the page never sees, each with the reason.
NOT_SHOWN = {
    "for programs": [
        *("bad_request", "malformed_json", "field_missing", "route_not_found"),
        *("method_not_allowed", "content_type_wrong", "range_not_satisfiable", "not_a_file"),
        *("path_invalid", "prompt_missing", "prompt_invalid", "too_many_points", "box_invalid"),
        *("too_many_hand_edits", "logits_invalid", "mask_size_mismatch", "mask_invalid"),
        *("boxes_invalid", "accounts_off", "host_not_allowed"),
    ],
    "for commands": [
        *("model_in_use", "run_differs", "run_damaged", "no_photographs", "place_missing"),
        *("cluster_lost", "cluster_unreachable", "cluster_silent", "cluster_empty"),
    ],
    "the page does something about it": [
        *("annotation_deleted", "revision_conflict", "embedding_not_ready", "decoder_not_ready"),
        *("embedding_damaged", "embedding_not_finite"),
    ],
    "our own mistake, for the log": ["decoder_export_failed", "export_check_failed"],
}


def test_the_page_has_words_in_every_language_for_what_people_see() -> None:
    table = read_project_file("docs/http_api.md")
    documented = set(re.findall(r"^\| `([a-z_]+)` \| [45]\d\d \|", table, re.M))
    words = read_project_file("static/js/texts/server_words.js")
    said = set(re.findall(r"^  ([a-z_]+): \[", words, re.M))
    assert len(said) > 60
    not_shown = {code for codes in NOT_SHOWN.values() for code in codes}
    assert documented - said - not_shown == set()
    assert said & not_shown == set()


def test_no_hint_only_points_to_a_document() -> None:
    hints = [
        (path, node.value)
        for path in project_files(".py")
        if path.parts[0] == "app"
        for node in ast.walk(ast.parse(read_project_file(path)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [found for found in hints if re.fullmatch(r"see docs/\S+", found[1])] == []
