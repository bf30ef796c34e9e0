"""The fuzzing sends real requests; it sees failures, and answers that no document knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from schemathesis import GenerationMode

from bench.fuzz import Tally, fuzz, make_server, read_operations, send_some


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Flask]:
    server = make_server(tmp_path / "server")
    yield server
    server.extensions["maskwright"].close()


def send_to(server: Flask, view: str) -> Tally:
    tally = Tally()
    for operation in read_operations(server):
        if operation.definition.raw["operationId"] == view:
            send_some(operation.as_strategy(generation_mode=GenerationMode.POSITIVE), 1, tally)
    return tally


@pytest.mark.slow
# Schemathesis draws from the global random numbers; what it does is its own matter.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
def test_no_request_makes_the_server_fail_or_lie(tmp_path: Path) -> None:
    tally = fuzz(tmp_path, requests=1, first_seed=7, examples=5)
    assert tally.requests > 200
    assert (tally.server_errors, tally.unlike_document, tally.failures) == (0, 0, [])
    assert tally.reached_share > 0.75
    assert {200, 201, 204, 400, 404, 422} <= set(tally.statuses)


def test_a_failure_is_counted(server: Flask) -> None:
    server.view_functions["projects.add_project"] = lambda: 1 / 0
    tally = send_to(server, "projects.add_project")
    assert tally.server_errors == tally.requests > 0
    assert "POST /api/projects" in tally.failures[0]


def test_an_answer_that_the_document_does_not_know_is_counted(server: Flask) -> None:
    server.view_functions["projects.add_project"] = lambda: ({"id": "one"}, 201)
    tally = send_to(server, "projects.add_project")
    assert tally.unlike_document == tally.requests > 0
