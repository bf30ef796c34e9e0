"""The routes of proposals, with a real search by the tiny model."""

from __future__ import annotations

import time
from typing import Any

from flask.testing import FlaskClient

from tests.helpers.app_fixtures import PATIENCE_S, error_code, mask_json


def wait_until_done(client: FlaskClient, image_id: int) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        state: dict[str, Any] = client.get(f"/api/images/{image_id}/proposals").json
        if state["state"] == "done":
            return state
        time.sleep(0.01)
    raise AssertionError(f"the proposals must become done, got {state}")


def test_proposals_are_found_and_refined_from(client: FlaskClient, image_id: int) -> None:
    path = f"/api/images/{image_id}/proposals"
    assert client.get(path).json["state"] == "none"
    assert client.post(path).status_code == 202
    found = wait_until_done(client, image_id)["proposals"]
    assert found
    assert found[0]["segmentation"]["size"] == [32, 48]
    logits = client.get(f"{path}/{found[0]['number']}/logits").json["low_res_logits"]
    assert logits["shape"] == [16, 16]
    assert client.delete(path).status_code == 204
    assert client.get(path).json["state"] == "none"


def test_proposals_are_in_no_export(client: FlaskClient, image_id: int) -> None:
    client.post(f"/api/images/{image_id}/proposals")
    wait_until_done(client, image_id)
    assert client.get("/api/export/coco").json["annotations"] == []


def test_an_accepted_one_says_where_it_came_from(client: FlaskClient, image_id: int) -> None:
    body = {"category_id": 1, "segmentation": mask_json(), "origin": "automatic"}
    kept = client.post(f"/api/images/{image_id}/annotations", json=body).json
    assert kept["origin"] == "automatic"
    refined = client.patch(f"/api/annotations/{kept['id']}", json={"origin": None}).json
    assert refined["origin"] is None
    answer = client.patch(f"/api/annotations/{kept['id']}", json={"origin": "somewhere"})
    assert answer.status_code == 400
    assert error_code(answer) == "field_invalid"


def test_unknown_images_and_proposals_are_refused(client: FlaskClient, image_id: int) -> None:
    assert client.post("/api/images/99/proposals").status_code == 404
    answer = client.get(f"/api/images/{image_id}/proposals/5/logits")
    assert answer.status_code == 404
    assert error_code(answer) == "proposal_not_found"
