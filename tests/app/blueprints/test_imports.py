"""The import routes: give a file, read the trial, confirm."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.config import AppConfig
from tests.helpers.app_fixtures import PATIENCE_S, error_code
from tests.helpers.coco_files import annotation, coco, compressed, rectangle

FILE = json.dumps(coco(annotation(compressed(rectangle(5, 4, 20, 12))))).encode()


def give(client: FlaskClient, content: bytes, query: str = "") -> dict[str, Any]:
    answer = client.post(f"/api/imports{query}", data={"file": (io.BytesIO(content), "a.json")})
    assert answer.status_code == 202
    return wait_for(client, answer.json["id"])  # type: ignore[index]


def wait_for(client: FlaskClient, import_id: int) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        found: dict[str, Any] = client.get(f"/api/imports/{import_id}").json
        if found["state"] in {"done", "failed"}:
            return found
        time.sleep(0.01)
    raise AssertionError(f"the import must end, got {found}")


def test_a_file_is_tried_and_then_taken_in(client: FlaskClient, image_id: int) -> None:
    trial = give(client, FILE)
    assert (trial["state"], trial["report"]["added"]) == ("done", 1)
    assert trial["report"]["is_dry_run"] is True
    listed = f"/api/images/{image_id}/annotations"
    assert client.get(listed).json == {"annotations": []}
    answer = client.post(f"/api/imports/{trial['id']}/confirm")
    assert answer.status_code == 202
    done = wait_for(client, answer.json["id"])  # type: ignore[index]
    assert (done["report"]["added"], done["report"]["is_dry_run"]) == (1, False)
    assert (done["done"], done["total"]) == (1, 1)
    assert len(client.get(listed).json["annotations"]) == 1  # type: ignore[index]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"a": 1}', b"\xff\xfe", b"PK\x03\x04", b'{"images": {}}']
)
def test_a_file_that_cannot_be_read_is_refused(client: FlaskClient, content: bytes) -> None:
    found = give(client, content)
    if found["state"] == "done":
        assert found["report"]["added"] == 0
    else:
        assert found["error"]["code"] in {"json_damaged", "not_coco"}


def test_an_upload_without_a_file_is_refused(client: FlaskClient) -> None:
    answer = client.post("/api/imports", data={})
    assert (answer.status_code, error_code(answer)) == (400, "file_missing")


def test_an_unknown_import_cannot_be_asked_for_or_confirmed(client: FlaskClient) -> None:
    for answer in (client.get("/api/imports/9"), client.post("/api/imports/9/confirm")):
        assert (answer.status_code, error_code(answer)) == (404, "job_not_found")


def test_a_project_that_is_not_there_is_told(client: FlaskClient) -> None:
    assert give(client, FILE, "?project=99")["error"]["code"] == "project_not_found"


def test_an_archive_that_leads_outside_changes_nothing(
    client: FlaskClient, image_id: int, config: AppConfig
) -> None:
    before = {path for path in config.data_dir.parent.rglob("*") if "imports" not in path.parts}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("../../labels/photo.txt", "0 0 0 1 0 1 1")
        file.writestr("data.yaml", "names: [cat]")
    trial = give(client, archive.getvalue())
    assert (trial["state"], trial["report"]) == ("failed", None)
    assert trial["error"]["code"] == "archive_unusable"
    after = {path for path in config.data_dir.parent.rglob("*") if "imports" not in path.parts}
    assert after == before
    assert client.get(f"/api/images/{image_id}/annotations").json == {"annotations": []}
