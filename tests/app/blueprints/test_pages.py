"""The page and its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.blueprints.current import CONTEXT_KEY
from app.config import AppConfig
from app.services.served_model import ServedModel
from bench.buffered_client import BufferedClient
from tests.helpers.app_fixtures import error_code


@pytest.fixture
def page_client(
    config: AppConfig, tiny_model: ServedModel, tmp_path: Path
) -> Iterator[FlaskClient]:
    static = tmp_path / "static"
    (static / "js").mkdir(parents=True)
    (static / "index.html").write_text("<title>page</title>")
    for name in ("main.js", "lib.mjs", "run.wasm", "notes", "style.css"):
        (static / "js" / name).write_bytes(b"content")
    (tmp_path / "secret.txt").write_text("secret")
    app = create_app(replace(config, static_dir=static), tiny_model)
    app.test_client_class = BufferedClient
    yield app.test_client()
    app.extensions[CONTEXT_KEY].close()


def test_the_page_is_sent_and_never_kept_without_asking(page_client: FlaskClient) -> None:
    answer = page_client.get("/")
    assert (answer.mimetype, answer.data) == ("text/html", b"<title>page</title>")
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("main.js", "text/javascript"),
        ("lib.mjs", "text/javascript"),
        ("run.wasm", "application/wasm"),
        ("style.css", "text/css"),
        ("notes", "application/octet-stream"),
    ],
)
def test_files_have_explicit_types(page_client: FlaskClient, name: str, media_type: str) -> None:
    assert page_client.get(f"/static/js/{name}").mimetype == media_type


@pytest.mark.parametrize(
    "path", ["../secret.txt", "%2e%2e/secret.txt", "js/../../secret.txt", "..%5csecret.txt", "js"]
)
def test_nothing_outside_of_the_page_is_sent(page_client: FlaskClient, path: str) -> None:
    answer = page_client.get(f"/static/{path}")
    assert (answer.status_code, error_code(answer)) == (404, "route_not_found")


def test_the_unasked_request_for_an_icon_is_no_error(page_client: FlaskClient) -> None:
    assert page_client.get("/favicon.ico").status_code == 204
