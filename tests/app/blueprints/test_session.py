"""Signing in and out over HTTP, and attacks on it."""

from __future__ import annotations

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.context import AppContext
from app.domain.user import Role, User
from app.services.account_service import GUESSES
from tests.helpers.accounts import PASSWORD, make_accounts, sign_in
from tests.helpers.app_fixtures import error_code

COOKIE = "maskwright-web-session"
ADA = {"name": "Owner", "password": PASSWORD}


def test_without_accounts_everybody_may_do_everything_but_change_them(client: FlaskClient) -> None:
    session = client.get("/api/session").json
    assert session is not None
    assert (session["has_accounts"], session["user"]) == (False, None)
    assert {"read", "annotate", "review", "organise"} < set(session["permissions"])
    assert "manage_users" not in session["permissions"]
    assert client.get("/api/users").json == {"users": []}
    new = {"name": "Eve", "password": PASSWORD, "role": "owner"}
    assert error_code(client.post("/api/users", json=new)) == "accounts_off"
    assert error_code(client.post("/api/session", json=ADA)) == "accounts_off"
    change = {"password": PASSWORD, "new_password": PASSWORD}
    assert error_code(client.patch("/api/session", json=change)) == "accounts_off"


@pytest.mark.usefixtures("team")
class TestSignIn:
    def test_whoever_signs_in_is_who_they_are(self, client: FlaskClient) -> None:
        before = client.get("/api/session")
        assert before.json == {"has_accounts": True, "user": None, "permissions": []}
        assert error_code(client.get("/api/images")) == "sign_in_required"
        answer = client.post("/api/session", json={**ADA, "name": "oWNER"})
        assert answer.json is not None
        assert answer.json["user"]["name"] == "Owner"
        assert client.get("/api/session").json == answer.json
        assert client.get("/api/images").status_code == 200

    def test_the_cookie_is_out_of_reach(self, client: FlaskClient) -> None:
        cookie = client.post("/api/session", json=ADA).headers["Set-Cookie"]
        assert cookie.startswith(f"{COOKIE}=")
        for part in ("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000"):
            assert part in cookie
        assert "Secure" not in cookie
        behind_proxy = {"Origin": "https://localhost"}
        cookie = client.post("/api/session", json=ADA, headers=behind_proxy).headers["Set-Cookie"]
        assert "Secure" in cookie

    def test_no_session_is_begun_with_a_key_that_somebody_gave(
        self, client: FlaskClient, app: Flask
    ) -> None:
        client.set_cookie(COOKIE, "planted")
        answer = client.post("/api/session", json=ADA)
        assert "planted" not in answer.headers["Set-Cookie"]
        attacker = app.test_client()
        attacker.set_cookie(COOKIE, "planted")
        assert attacker.get("/api/images").status_code == 401

    def test_signing_in_again_ends_the_earlier_session(
        self, client: FlaskClient, app: Flask
    ) -> None:
        sign_in(client, "Owner")
        earlier = client.get_cookie(COOKIE)
        assert earlier is not None
        sign_in(client, "Reader")
        thief = app.test_client()
        thief.set_cookie(COOKIE, earlier.value)
        assert thief.get("/api/images").status_code == 401

    def test_a_page_of_somebody_else_is_not_let_in(self, client: FlaskClient) -> None:
        sign_in(client, "Owner")
        owner_id = client.get("/api/session").get_json()["user"]["id"]
        sign_in(client, "Reader")
        opened_before = {"X-Maskwright-User": str(owner_id)}
        answer = client.get("/api/images", headers=opened_before)
        assert (answer.status_code, error_code(answer)) == (401, "signed_in_as_another")
        assert client.get("/api/session", headers=opened_before).status_code == 200
        sign_in(client, "Owner")
        assert client.get("/api/images", headers=opened_before).status_code == 200

    def test_a_tampered_cookie_is_none(self, client: FlaskClient) -> None:
        sign_in(client, "Owner")
        cookie = client.get_cookie(COOKIE)
        assert cookie is not None
        good = cookie.value
        for bad in ("", good[:-1], f"{good}x", good.swapcase(), "\u00e9", "x" * 4000, "' OR 1=1"):
            client.set_cookie(COOKIE, bad)
            assert client.get("/api/images").status_code == 401, bad[:40]
            assert client.get("/").status_code == 401
        client.set_cookie(COOKIE, good)
        assert client.get("/api/images").status_code == 200

    def test_signing_out_ends_the_session_and_not_only_the_cookie(
        self, client: FlaskClient, app: Flask
    ) -> None:
        sign_in(client, "Owner")
        cookie = client.get_cookie(COOKIE)
        assert cookie is not None
        assert client.delete("/api/session").status_code == 204
        assert client.delete("/api/session").status_code == 204
        assert client.get_cookie(COOKIE) is None
        thief = app.test_client()
        thief.set_cookie(COOKIE, cookie.value)
        assert thief.get("/api/images").status_code == 401

    def test_guessing_is_stopped_and_told_how_long(self, client: FlaskClient) -> None:
        wrong = {"name": "Owner", "password": "guess"}
        for _ in range(GUESSES):
            answer = client.post("/api/session", json=wrong)
            assert (answer.status_code, error_code(answer)) == (401, "sign_in_failed")
        answer = client.post("/api/session", json=ADA)
        assert (answer.status_code, error_code(answer)) == (429, "too_many_sign_ins")
        assert 0 < int(answer.headers["Retry-After"]) <= 900
        sign_in(client, "Reader")

    def test_a_page_of_another_site_signs_nobody_in_or_out(self, client: FlaskClient) -> None:
        foreign = {"Origin": "https://evil.example"}
        for method in ("post", "delete", "patch"):
            answer = getattr(client, method)("/api/session", json=ADA, headers=foreign)
            assert error_code(answer) == "cross_site_request"

    def test_whoever_is_not_signed_in_gets_a_page_to_do_it(self, client: FlaskClient) -> None:
        answer = client.get("/")
        assert (answer.status_code, answer.mimetype) == (401, "text/html")
        assert "sign_in_page.js" in answer.text
        modules = re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text)
        assert modules
        assert all(client.get(module).status_code == 200 for module in modules)
        sign_in(client, "Reader")
        assert client.get("/").status_code == 200

    def test_another_password_ends_the_other_sessions(
        self, client: FlaskClient, app: Flask
    ) -> None:
        elsewhere = app.test_client()
        sign_in(client, "Reader")
        sign_in(elsewhere, "Reader")
        change = {"password": PASSWORD, "new_password": "a quite different one"}
        assert client.patch("/api/session", json=change).status_code == 200
        assert elsewhere.get("/api/images").status_code == 401
        assert client.get("/api/images").status_code == 200
        wrong = client.patch("/api/session", json=change)
        assert (wrong.status_code, error_code(wrong)) == (403, "password_wrong")


def test_whoever_is_disabled_is_out_with_the_next_request(
    client: FlaskClient, context: AppContext, team: dict[Role, User]
) -> None:
    sign_in(client, "Annotator")
    make_accounts(context.database).change_user(team[Role.ANNOTATOR].id, is_disabled=True)
    assert error_code(client.get("/api/images")) == "sign_in_required"


@pytest.mark.usefixtures("team")
def test_the_log_names_nobody_and_no_password(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    # A server that another test started may have made this logger quiet.
    caplog.set_level(logging.DEBUG, logger="app.access")
    with caplog.at_level(logging.DEBUG):
        client.post("/api/session", json={"name": "Owner", "password": "guessed wrong"})
        sign_in(client, "Owner")
        client.post("/api/users", json={"name": "Zoë", "password": PASSWORD, "role": "reader"})
        client.get("/api/users")
    assert "/api/session" in caplog.text
    for secret in ("Owner", "Zoë", PASSWORD, "guessed wrong"):
        assert secret not in caplog.text
