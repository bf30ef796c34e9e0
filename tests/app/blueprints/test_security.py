"""Who may talk to the server, and the headers of every answer."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.blueprints.security import content_security_policy
from tests.helpers.app_fixtures import error_code


@pytest.mark.parametrize("address", ["/api/health", "/api/images/9", "/nowhere", "/static/none.js"])
def test_every_answer_is_isolated_and_typed(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "192.168.1.7", "LOCALHOST:99"]
)
def test_own_names_and_addresses_are_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/api/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example:8000", "127.0.0.1.nip.io"]
)
def test_a_foreign_name_that_points_here_is_refused(client: FlaskClient, host: str) -> None:
    answer = client.get("/api/images", headers={"Host": host})
    assert (answer.status_code, error_code(answer)) == (403, "host_not_allowed")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    for send in (client.post, client.patch, client.delete):
        answer = send("/api/categories/1", headers=headers)
        assert (answer.status_code, error_code(answer)) == (403, "cross_site_request")
    answer = client.post("/api/categories", json={"name": "x"}, headers=headers)
    assert error_code(answer) == "cross_site_request"
    assert len(client.get("/api/categories").json["categories"]) == 1


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}],
)
def test_the_own_page_and_programs_may_change(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post("/api/categories", json={"name": "x"}, headers=headers)
    assert answer.status_code == 201


def test_inline_scripts_of_the_page_are_allowed_by_their_hash(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text('<script type="importmap">{"a": 1}</script><script src="x.js"></script>')
    digest = base64.b64encode(hashlib.sha256(b'{"a": 1}').digest()).decode()
    policy = content_security_policy(page)
    assert f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}';" in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]


def test_without_a_page_no_inline_script_is_allowed(tmp_path: Path) -> None:
    assert "sha256" not in content_security_policy(tmp_path / "none.html")
