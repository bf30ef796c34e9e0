"""The export route."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from app.exporters import coco
from tests.helpers.app_fixtures import error_code, mask_json


def test_an_empty_store_exports_an_empty_dataset(client: FlaskClient) -> None:
    answer = client.get("/api/export/coco")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="annotations.json"'
    document = json.loads(answer.data)
    assert (document["images"], document["annotations"]) == ([], [])
    assert [category["id"] for category in document["categories"]] == [1]


@pytest.mark.parametrize(("kind", "shape"), [("rle", dict), ("polygons", list)])
def test_the_kind_of_segmentation_can_be_chosen(
    client: FlaskClient, image_id: int, kind: str, shape: type
) -> None:
    client.post(
        f"/api/images/{image_id}/annotations", json={"category_id": 1, "segmentation": mask_json()}
    )
    document = json.loads(client.get(f"/api/export/coco?segmentation={kind}").data)
    assert isinstance(document["annotations"][0]["segmentation"], shape)


def test_another_kind_is_refused(client: FlaskClient) -> None:
    answer = client.get("/api/export/coco?segmentation=png")
    assert (answer.status_code, error_code(answer)) == (400, "field_invalid")


def test_an_export_that_reads_back_wrong_is_not_sent(
    client: FlaskClient, image_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(
        f"/api/images/{image_id}/annotations", json={"category_id": 1, "segmentation": mask_json()}
    )
    monkeypatch.setattr(
        coco, "_format_annotation", lambda annotation, _: {"id": annotation.id, "image_id": 1}
    )
    answer = client.get("/api/export/coco")
    assert (answer.status_code, error_code(answer)) == (500, "export_check_failed")
