"""Every route declares what it needs, and every role gets exactly what the one table says."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.blueprints.permissions import declared_permission
from app.domain.user import PERMISSIONS, Permission, Role, User
from tests.contracts.test_error_shape import check_shape
from tests.helpers.accounts import sign_in
from tests.helpers.app_fixtures import error_code

# The table once more, as a person reads it: whom a route refuses.
REFUSED = {
    Permission.OPEN: set(),
    Permission.ACCOUNT: set(),
    Permission.READ: set(),
    Permission.ANNOTATE: {Role.READER},
    Permission.REVIEW: {Role.READER, Role.ANNOTATOR},
    Permission.ORGANISE: {Role.READER, Role.ANNOTATOR, Role.REVIEWER},
    Permission.MANAGE_USERS: {Role.READER, Role.ANNOTATOR, Role.REVIEWER},
}
CHANGING_READS = {
    # A job that makes a file or a computed value, which whoever may read may ask for.
    *("embeddings.request_embedding", "exports.start_export"),
    *("embeddings.expect_embedding", "embeddings.release_embedding"),
    # Where somebody is just now, which is forgotten within seconds.
    *("teamwork.note_presence", "teamwork.leave_image"),
}


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """Return method, address and endpoint of every route; ids are of things that are not there."""
    return [
        (method, re.sub(r"<[^>]+>", "999999", rule.rule), rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"OPTIONS"})
    ]


def test_every_view_declares_what_it_needs(app: Flask) -> None:
    with app.app_context():
        silent = [name for name in app.view_functions if declared_permission(name) is None]
    assert silent == [], "add @needs(Permission...) below the routes of these views"


def test_the_table_is_the_one_that_people_read() -> None:
    for permission, refused in REFUSED.items():
        assert {role for role in Role if permission not in PERMISSIONS[role]} == refused
    assert set(REFUSED) == set(Permission)


def test_what_changes_something_needs_more_than_reading(app: Flask) -> None:
    with app.app_context():
        changing = {
            endpoint
            for method, _, endpoint in routes(app)
            if method in {"POST", "PUT", "PATCH", "DELETE"}
            and declared_permission(endpoint) in {Permission.READ, Permission.OPEN}
        }
    assert changing == CHANGING_READS | {"session.sign_in", "session.sign_out"}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_refused_exactly_where_the_table_says(
    app: Flask, client: FlaskClient, team: dict[Role, User], role: Role
) -> None:
    for method, address, endpoint in routes(app):
        sign_in(client, team[role].name)  # one of the routes signs out
        with app.app_context():
            permission = declared_permission(endpoint)
        answer = client.open(address, method=method, json=None if method == "GET" else {})
        is_refused = answer.status_code == 403
        assert is_refused == (permission not in PERMISSIONS[role]), (method, address, answer.text)
        if is_refused and method != "HEAD":
            check_shape(answer)
            assert error_code(answer) == "permission_missing"


@pytest.mark.usefixtures("team")
def test_without_a_session_only_open_routes_answer(app: Flask, client: FlaskClient) -> None:
    for method, address, endpoint in routes(app):
        with app.app_context():
            is_open = declared_permission(endpoint) is Permission.OPEN
        answer = client.open(address, method=method, json=None if method == "GET" else {})
        assert (answer.status_code == 401) == (not is_open or address == "/"), (method, address)
    assert client.get("/nowhere").status_code == 401


@pytest.mark.usefixtures("team")
def test_a_view_that_declares_nothing_is_the_owners_alone(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(app.view_functions["projects.list_projects"], "needed_permission")
    sign_in(client, "Reviewer")
    assert client.get("/api/projects").status_code == 403
    sign_in(client, "Owner")
    assert client.get("/api/projects").status_code == 200
