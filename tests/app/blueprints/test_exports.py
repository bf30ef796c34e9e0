"""The export routes."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.config import AppConfig
from app.exporters import coco
from tests.helpers.app_fixtures import PATIENCE_S, error_code, mask_json


def keep(client: FlaskClient, image_id: int, **more: object) -> None:
    body = {"category_id": 1, "segmentation": mask_json(), **more}
    assert client.post(f"/api/images/{image_id}/annotations", json=body).status_code == 201


def wait_for(client: FlaskClient, export_id: int) -> dict[str, Any]:
    """Return an export once it has ended."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        export: dict[str, Any] = client.get(f"/api/exports/{export_id}").json
        if export["state"] in {"done", "failed"}:
            return export
        time.sleep(0.01)
    raise AssertionError(f"the export must end, got {export}")


def test_an_empty_store_exports_an_empty_dataset(client: FlaskClient) -> None:
    answer = client.get("/api/export/coco")
    assert answer.headers["Content-Disposition"] == "attachment; filename=annotations.json"
    document = json.loads(answer.data)
    assert (document["images"], document["annotations"]) == ([], [])
    assert [category["id"] for category in document["categories"]] == [1]


@pytest.mark.parametrize(("kind", "shape"), [("rle", dict), ("polygons", list)])
def test_the_kind_of_segmentation_can_be_chosen(
    client: FlaskClient, image_id: int, kind: str, shape: type
) -> None:
    keep(client, image_id)
    document = json.loads(client.get(f"/api/export/coco?segmentation={kind}").data)
    assert isinstance(document["annotations"][0]["segmentation"], shape)


def test_a_crowd_leaves_as_one(client: FlaskClient, image_id: int) -> None:
    keep(client, image_id, iscrowd=1)
    document = json.loads(client.get("/api/export/coco").data)
    assert document["annotations"][0]["iscrowd"] == 1


def test_another_kind_is_refused(client: FlaskClient) -> None:
    answer = client.get("/api/export/coco?segmentation=png")
    assert (answer.status_code, error_code(answer)) == (400, "field_invalid")


def test_a_file_made_in_one_request_does_not_stay(client: FlaskClient, config: AppConfig) -> None:
    assert client.get("/api/export/coco").status_code == 200
    assert list((config.data_dir / "exports").iterdir()) == []


def test_an_export_that_reads_back_wrong_is_not_sent(
    client: FlaskClient, image_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(client, image_id)
    monkeypatch.setattr(coco, "_format_annotation", lambda mask, _: f'{{"id":{mask.id}}}')
    answer = client.get("/api/export/coco")
    assert (answer.status_code, error_code(answer)) == (500, "export_check_failed")


def test_an_export_in_the_background_can_be_fetched(client: FlaskClient, image_id: int) -> None:
    keep(client, image_id)
    started = client.post("/api/exports", json={"segmentation": "rle"})
    assert started.status_code == 202
    export = wait_for(client, started.json["id"])  # type: ignore[index]
    assert export["report"]["annotations"] == export["report"]["compared"] == 1
    assert export["file_name"] == "annotations.json"
    content = client.get(export["url"]).data
    assert len(content) == export["byte_count"]
    assert len(json.loads(content)["annotations"]) == 1
    assert content == client.get(export["url"]).data


def test_a_failed_export_says_why_and_has_no_file(
    client: FlaskClient, image_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(client, image_id)
    monkeypatch.setattr(coco, "_format_annotation", lambda mask, _: f'{{"id":{mask.id}}}')
    export = wait_for(client, client.post("/api/exports", json={}).json["id"])  # type: ignore[index]
    assert (export["state"], export["error"]["code"]) == ("failed", "export_check_failed")
    answer = client.get(f"/api/exports/{export['id']}/file")
    assert (answer.status_code, error_code(answer)) == (409, "export_not_ready")


def test_an_unknown_export_is_not_found(client: FlaskClient) -> None:
    for address in ("/api/exports/9", "/api/exports/9/file"):
        answer = client.get(address)
        assert (answer.status_code, error_code(answer)) == (404, "job_not_found")


def test_a_wish_that_makes_no_sense_is_refused(client: FlaskClient) -> None:
    answer = client.post("/api/exports", json={"format": "../etc"})
    assert (answer.status_code, error_code(answer)) == (400, "field_invalid")


def test_a_file_that_was_deleted_meanwhile_is_no_crash(
    client: FlaskClient, config: AppConfig
) -> None:
    export = wait_for(client, client.post("/api/exports", json={}).json["id"])  # type: ignore[index]
    (path,) = Path(config.data_dir / "exports").glob("*/annotations.json")
    path.unlink()
    answer = client.get(export["url"])
    assert (answer.status_code, error_code(answer)) == (404, "export_gone")
    assert client.get(f"/api/exports/{export['id']}").json["byte_count"] is None
