"""JSON bodies: the wrong type, the wrong content, too much of it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.blueprints import current
from tests.helpers.app_fixtures import error_code


@pytest.mark.parametrize(
    "text", ["", "{", "{'name': 1}", "nonsense", b"\xff\xfe", "[" * 100_000, '{"a": 01}']
)
def test_malformed_json_is_refused(client: FlaskClient, text: str | bytes) -> None:
    answer = client.post("/api/categories", data=text, content_type="application/json")
    assert (answer.status_code, error_code(answer)) == (400, "malformed_json")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_type_of_content_is_refused(client: FlaskClient, content_type: str) -> None:
    answer = client.post("/api/categories", data='{"name": "x"}', content_type=content_type)
    assert (answer.status_code, error_code(answer)) == (415, "content_type_wrong")


def test_too_much_json_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "MAX_JSON_BYTES", 100)
    answer = client.post("/api/categories", json={"name": "x" * 150})
    assert (answer.status_code, error_code(answer)) == (413, "upload_too_large")


@pytest.mark.parametrize("address", ["/api/images", "/api/imports", "/api/projects/from-backup"])
def test_an_upload_without_a_file_is_refused(client: FlaskClient, address: str) -> None:
    answer = client.post(address, data={"other": "x"}, content_type="multipart/form-data")
    assert (answer.status_code, error_code(answer)) == (400, "file_missing")
