"""Routes of learning from accepted masks."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.context import AppContext
from app.domain.tuning import TuningPhase, TuningState
from app.services.tuning_service import TuningService
from tests.helpers.app_fixtures import error_code
from tests.helpers.taught_store import teach


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Let no process start, and note that one would have."""
    calls: list[bool] = []
    monkeypatch.setattr(TuningService, "_spawn", lambda _: calls.append(True))
    return calls


def test_what_there_is_to_learn_from_is_counted(client: FlaskClient, context: AppContext) -> None:
    teach(context.store)
    lessons: Any = client.get("/api/projects/1/lessons").json
    assert (lessons["is_enough"], lessons["mask_count"]) == (True, 40)
    assert client.get("/api/projects/9/lessons").status_code == 404


def test_a_run_is_started_followed_resumed_and_forgotten(
    client: FlaskClient, context: AppContext, started: list[bool]
) -> None:
    assert client.get("/api/tuning").json["state"] == "none"
    teach(context.store)
    answer = client.post("/api/tuning", json={"project_id": 1, "minutes": 2})
    assert (answer.status_code, answer.json["state"]) == (202, "starting")
    # No process holds the folder: it looks like one that was killed.
    assert client.get("/api/tuning").json["state"] == "interrupted"
    assert client.post("/api/tuning", json={"resume": True}).status_code == 202
    assert started == [True, True]
    assert client.delete("/api/tuning").status_code == 204
    assert client.get("/api/tuning").json["state"] == "cancelled"
    refused = client.post("/api/tuning", json={"resume": True})
    assert (refused.status_code, error_code(refused)) == (409, "tuning_not_interrupted")


def test_too_little_is_refused_with_what_is_needed(
    client: FlaskClient, started: list[bool]
) -> None:
    answer = client.post("/api/tuning", json={"project_id": 1})
    assert (answer.status_code, error_code(answer)) == (422, "tuning_too_little")
    assert started == []


def test_a_second_run_is_refused(
    client: FlaskClient, context: AppContext, started: list[bool]
) -> None:
    teach(context.store)
    folder = context.tuning._folder
    with folder.lock():
        folder.begin(TuningState(phase=TuningPhase.TUNING, project_name="cells"))
        answer = client.post("/api/tuning", json={"project_id": 1})
        assert (answer.status_code, error_code(answer)) == (409, "tuning_running")
        assert client.get("/api/tuning").json["project_name"] == "cells"
    assert started == []
