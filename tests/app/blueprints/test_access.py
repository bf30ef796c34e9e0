"""The token of a server that other machines can reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.blueprints.access import is_loopback
from app.blueprints.current import CONTEXT_KEY
from app.config import AppConfig
from app.domain.user import Role
from app.errors import StartUpError, UnavailableError
from app.services.served_model import ServedModel
from app.storage.store import opened_store
from bench.buffered_client import BufferedClient
from tests.helpers.accounts import PASSWORD, make_accounts
from tests.helpers.app_fixtures import error_code

TOKEN = "correct-horse-battery"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def app(config: AppConfig, tiny_model: ServedModel) -> Iterator[Flask]:
    app = create_app(replace(config, host="0.0.0.0", token=TOKEN), tiny_model)
    app.test_client_class = BufferedClient
    yield app
    app.extensions[CONTEXT_KEY].close()


def test_every_route_but_health_asks_for_the_token(app: Flask, client: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        address = rule.rule.replace("<path:name>", "index.html")
        address = "/".join("1" if part.startswith("<") else part for part in address.split("/"))
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            answer = client.open(address, method=method)
            assert answer.status_code == (200 if address == "/api/health" else 401), address
    assert error_code(client.get("/api/images")) == "token_required"
    assert client.get("/static/index.html").status_code == 401
    assert client.get("/nowhere").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer other"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"Authorization": "Bearer \u00e9"},
        {"Cookie": f"maskwright-web={TOKEN}"},
        {"Cookie": "maskwright-web="},
    ],
)
def test_anything_but_the_token_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.get("/api/images", headers=headers).status_code == 401


def test_a_program_sends_it_with_every_request(client: FlaskClient) -> None:
    assert client.get("/api/images", headers=BEARER).status_code == 200
    assert client.get("/api/images").status_code == 401


def test_a_browser_brings_it_once_and_it_leaves_the_address(client: FlaskClient) -> None:
    answer = client.get("/", query_string={"token": TOKEN})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert TOKEN not in cookie
    assert client.get("/").status_code == 200
    assert client.get("/api/images").status_code == 200


def test_a_browser_without_it_gets_a_page_that_asks_and_runs_no_script(
    client: FlaskClient,
) -> None:
    for query in ({}, {"token": "other"}):
        answer = client.get("/", query_string=query)
        assert (answer.status_code, answer.mimetype) == (401, "text/html")
        assert 'name="token"' in answer.text
        assert "<script" not in answer.text
        assert "Content-Security-Policy" in answer.headers


def test_a_foreign_page_is_refused_in_spite_of_the_cookie(client: FlaskClient) -> None:
    client.get("/", query_string={"token": TOKEN})
    answer = client.post(
        "/api/categories", json={"name": "x"}, headers={"Origin": "https://evil.example"}
    )
    assert error_code(answer) == "cross_site_request"


@pytest.mark.parametrize(
    ("token", "message"), [("", "must have a token or accounts"), ("short", "at least 16")]
)
def test_an_open_server_without_a_good_token_does_not_start(
    config: AppConfig, tiny_model: ServedModel, token: str, message: str
) -> None:
    with pytest.raises(StartUpError, match=message) as caught:
        create_app(replace(config, host="0.0.0.0", token=token), tiny_model)
    assert "short" not in str(caught.value)


def test_only_addresses_of_this_machine_are_its_own() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "127.9.9.9")] == [
        *(True, True, True, True),
    ]
    for host in ("0.0.0.0", "::", "192.168.1.7", "localhost.example", "", "annotate"):
        assert not is_loopback(host)


def test_health_and_the_files_of_the_page_are_there_while_the_database_is_away(
    config: AppConfig, tiny_model: ServedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(config, tiny_model)

    def fail(_: object) -> bool:
        raise UnavailableError("database_unavailable", "the database must answer, got nothing")

    monkeypatch.setattr("app.services.account_service.AccountService.is_on", fail)
    client = app.test_client()
    assert client.get("/api/health").status_code == 200
    with client.get("/static/index.html") as answer:
        assert answer.status_code == 200
    assert client.get("/api/images").status_code == 503
    app.extensions[CONTEXT_KEY].close()


@pytest.mark.usefixtures("team")
class TestWithAccounts:
    def test_the_token_lets_programs_in_and_no_browser(self, client: FlaskClient) -> None:
        answer = client.get("/", query_string={"token": TOKEN})
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (401, False)
        assert client.get("/api/images", headers=BEARER).status_code == 200
        assert client.post("/api/projects", json={"name": "P"}, headers=BEARER).status_code == 201
        assert client.get("/api/images").status_code == 401

    def test_the_cookie_of_the_time_before_accounts_is_worth_nothing(
        self, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        accounts = app.extensions[CONTEXT_KEY].accounts
        with monkeypatch.context() as before:
            before.setattr(type(accounts), "is_on", lambda _: False)
            client.get("/", query_string={"token": TOKEN})
            assert client.get("/api/images").status_code == 200
        assert client.get("/api/images").status_code == 401

    def test_a_program_changes_no_accounts(self, client: FlaskClient) -> None:
        new = {"name": "Eve", "password": "a long enough one", "role": "owner"}
        answer = client.post("/api/users", json=new, headers=BEARER)
        assert error_code(answer) == "permission_missing"
        change = {"password": "x", "new_password": "a long enough one"}
        assert client.patch("/api/session", json=change, headers=BEARER).status_code == 403


def test_a_server_with_accounts_needs_no_token(config: AppConfig, tiny_model: ServedModel) -> None:
    with opened_store(config.data_dir, "") as store:
        make_accounts(store.database).add_user("Ada", PASSWORD, Role.OWNER)
    app = create_app(replace(config, host="0.0.0.0"), tiny_model)
    assert app.test_client().get("/api/images").status_code == 401
    app.extensions[CONTEXT_KEY].close()
