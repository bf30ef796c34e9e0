"""The owner's list of people over HTTP."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.user import Role, User
from tests.helpers.accounts import PASSWORD, sign_in
from tests.helpers.app_fixtures import error_code

NEW = {"name": "Zoë", "password": PASSWORD, "role": "annotator"}


@pytest.fixture
def owner(client: FlaskClient, team: dict[Role, User]) -> FlaskClient:
    sign_in(client, team[Role.OWNER].name)
    return client


def test_an_owner_adds_somebody_who_can_sign_in(owner: FlaskClient, app: Flask) -> None:
    answer = owner.post("/api/users", json=NEW)
    assert answer.status_code == 201
    assert answer.json is not None
    assert (answer.json["name"], answer.json["role"]) == ("Zoë", "annotator")
    listed = owner.get("/api/users").json
    assert listed is not None
    assert [user["name"] for user in listed["users"]][-1] == "Zoë"
    assert "password" not in owner.get("/api/users").text
    sign_in(app.test_client(), "zoë")
    assert error_code(owner.post("/api/users", json=NEW)) == "user_exists"
    short = owner.post("/api/users", json={**NEW, "name": "Y", "password": "short"})
    assert (short.status_code, error_code(short)) == (422, "password_length")


def test_another_role_holds_at_once(owner: FlaskClient, app: Flask, team: dict[Role, User]) -> None:
    reader = app.test_client()
    sign_in(reader, "Reader")
    address = f"/api/users/{team[Role.READER].id}"
    assert reader.post("/api/projects", json={"name": "P"}).status_code == 403
    assert owner.patch(address, json={"role": "owner"}).status_code == 200
    assert reader.post("/api/projects", json={"name": "P"}).status_code == 201


def test_a_password_that_an_owner_sets_signs_the_person_out(
    owner: FlaskClient, app: Flask, team: dict[Role, User]
) -> None:
    reader = app.test_client()
    sign_in(reader, "Reader")
    address = f"/api/users/{team[Role.READER].id}"
    assert owner.patch(address, json={"password": "another good one"}).status_code == 200
    assert reader.get("/api/images").status_code == 401
    sign_in(reader, "Reader", "another good one")


def test_the_last_owner_stays(owner: FlaskClient, team: dict[Role, User]) -> None:
    address = f"/api/users/{team[Role.OWNER].id}"
    for change in ({"role": "reader"}, {"is_disabled": True}):
        answer = owner.patch(address, json=change)
        assert (answer.status_code, error_code(answer)) == (409, "owner_last")
    assert owner.get("/api/users").status_code == 200


def test_who_is_not_there_cannot_be_changed(owner: FlaskClient) -> None:
    assert error_code(owner.patch("/api/users/99", json={})) == "user_not_found"
