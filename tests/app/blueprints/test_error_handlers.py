"""Failures that no view raises on purpose."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.errors import ServerFaultError
from tests.helpers.app_fixtures import error_code


def test_an_unknown_address_has_the_error_shape(client: FlaskClient) -> None:
    answer = client.get("/api/nothing")
    assert (answer.status_code, error_code(answer)) == (404, "route_not_found")
    assert "/api/nothing" in answer.json["error"]["message"]


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    answer = client.put("/api/categories")
    assert (answer.status_code, error_code(answer)) == (405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_an_unexpected_failure_is_logged_and_tells_no_secrets(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    app.add_url_rule("/boom", view_func=lambda: 1 / 0)
    answer = client.get("/boom")
    assert (answer.status_code, error_code(answer)) == (500, "internal_error")
    assert "division by zero" not in answer.text
    assert "division by zero" in caplog.text


def test_a_fault_of_the_server_is_logged(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise ServerFaultError("some_code", "something must hold", "do this")

    app.add_url_rule("/fault", view_func=fail)
    with caplog.at_level(logging.ERROR):
        answer = client.get("/fault")
    assert answer.json == {
        "error": {"code": "some_code", "message": "something must hold", "hint": "do this"}
    }
    assert "some_code" in caplog.text


def test_an_impossible_range_has_the_error_shape(client: FlaskClient, image_id: int) -> None:
    answer = client.get(f"/api/images/{image_id}/pixels", headers={"Range": "bytes=999999-"})
    assert (answer.status_code, error_code(answer)) == (416, "range_not_satisfiable")
