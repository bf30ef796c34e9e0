"""Most requests of the fuzzing name something that is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from app.context import AppContext
from bench.fuzz import make_server
from bench.fuzz_ids import LivingIds


@pytest.fixture
def context(tmp_path: Path) -> Iterator[AppContext]:
    server: Flask = make_server(tmp_path / "server")
    found: AppContext = server.extensions["maskwright"]
    yield found
    found.close()


def aimed(ids: LivingIds, path: str, **parameters: Any) -> list[dict[str, Any]]:
    found = []
    for _ in range(30):
        case = SimpleNamespace(path=path, path_parameters=dict(parameters), query=None)
        ids.aim(case)
        found.append(case.path_parameters)
    return found


def test_ids_are_of_things_that_are_there_and_some_are_wild(context: AppContext) -> None:
    ids = LivingIds(context, 1)
    ids.fill()
    images = {image.id for image in context.images.list_all()}
    found = [one["image_id"] for one in aimed(ids, "/api/images/{image_id}", image_id=-1)]
    assert set(found) <= images | {-1}
    assert 15 <= len([one for one in found if one in images]) < 30


def test_what_was_deleted_is_made_again(context: AppContext) -> None:
    ids = LivingIds(context, 1)
    ids.fill()
    for image in context.images.list_all():
        context.images.delete(image.id)
    for project in context.projects.list_all()[1:]:
        context.projects.delete(project.id)
    for one in aimed(ids, "/api/annotations/{annotation_id}", annotation_id=-1):
        if one["annotation_id"] != -1:
            context.annotations.get(one["annotation_id"])
    aimed(ids, "/api/projects/{project_id}", project_id=-1)
    assert len(context.projects.list_all()) >= 2


def test_jobs_that_were_started_are_asked_for(context: AppContext) -> None:
    ids = LivingIds(context, 1)
    started = SimpleNamespace(status_code=202, json=lambda: {"id": 41})
    ids.learn(SimpleNamespace(method="POST", path="/api/exports"), started)
    found = aimed(ids, "/api/exports/{export_id}/file", export_id=-1)
    assert {one["export_id"] for one in found} == {41, -1}
