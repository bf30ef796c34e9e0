"""The routes of proposals, with a real search by the tiny model."""

from __future__ import annotations

import io
import json
import time
from typing import Any

import pytest
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


def test_boxes_become_masks_to_review(client: FlaskClient, image_id: int) -> None:
    path = f"/api/images/{image_id}/proposals"
    boxes = [[2, 2, 40, 30], [0.5, 1, 20, 12.5]]
    assert client.put(path, json={"boxes": boxes}).status_code == 202
    found = wait_until_done(client, image_id)["proposals"]
    assert 0 < len(found) <= 2
    middles = {(21.0, 16.0), (10.25, 6.75)}
    assert {(one["point"]["x"], one["point"]["y"]) for one in found} <= middles
    client.put(path, json={"boxes": boxes[:1]})
    assert len(wait_until_done(client, image_id)["proposals"]) <= 1


@pytest.mark.parametrize(
    ("boxes", "code"),
    [
        ([], "boxes_invalid"),
        ([[0, 0, 1, 1]] * 5001, "boxes_invalid"),
        ([[5, 0, 1, 1]], "box_invalid"),
        ([[0, 0, 1]], "box_invalid"),
        ([3], "box_invalid"),
        ([["left", 0, 1, 1]], "field_invalid"),
    ],
)
def test_boxes_that_are_none_are_refused(
    client: FlaskClient, image_id: int, boxes: list[Any], code: str
) -> None:
    answer = client.put(f"/api/images/{image_id}/proposals", json={"boxes": boxes})
    assert error_code(answer) == code
    assert client.get(f"/api/images/{image_id}/proposals").json["state"] == "none"


def test_a_file_of_boxes_becomes_masks_to_review(client: FlaskClient, image_id: int) -> None:
    def send(content: Any) -> Any:
        file = (io.BytesIO(json.dumps(content).encode()), "boxes.json")
        return client.post("/api/projects/1/proposals/boxes", data={"file": file})

    answer = send([{"image_id": image_id, "bbox": [2, 2, 38, 28], "score": 0.9}])
    assert answer.status_code == 202
    assert (answer.json["image_ids"], answer.json["boxes"]) == ([image_id], 1)
    assert len(wait_until_done(client, image_id)["proposals"]) == 1
    assert error_code(send([{"image_id": 99, "bbox": [2, 2, 38, 28]}])) == "boxes_match_nothing"
    assert error_code(client.post("/api/projects/1/proposals/boxes")) == "file_missing"
    assert client.post("/api/projects/99/proposals/boxes").status_code == 404


def test_decisions_are_kept_and_shorten_the_queue(client: FlaskClient, image_id: int) -> None:
    path, queue = f"/api/images/{image_id}/proposals", "/api/projects/1/proposals/queue"
    assert client.get(queue).json == {"images": []}
    client.post(path)
    found = wait_until_done(client, image_id)
    assert (found["rejected"], found["accepted"]) == ([], [])
    numbers = [one["number"] for one in found["proposals"]]
    (waiting,) = client.get(queue).json["images"]
    assert (waiting["image_id"], waiting["undecided"]) == (image_id, len(numbers))
    assert client.get(f"{queue}?predicted_iou=1&stability=1").json == {"images": []}
    decisions = {"rejected": numbers[1:], "accepted": numbers[:1]}
    assert client.put(f"{path}/decisions", json=decisions).json == decisions
    assert wait_until_done(client, image_id)["accepted"] == numbers[:1]
    assert client.get(queue).json == {"images": []}
    client.delete(path)
    client.post(path)
    assert wait_until_done(client, image_id)["accepted"] == []


def test_decisions_and_thresholds_that_are_none_are_refused(
    client: FlaskClient, image_id: int
) -> None:
    path = f"/api/images/{image_id}/proposals/decisions"
    unknown = client.put(path, json={"rejected": [1], "accepted": []})
    assert (unknown.status_code, error_code(unknown)) == (404, "proposal_not_found")
    assert client.put(path, json={}).json == {"rejected": [], "accepted": []}
    for body in ({"rejected": ["a"], "accepted": []}, {"rejected": [1], "accepted": True}):
        assert error_code(client.put(path, json=body)) == "field_invalid"
    for least in ("high", "nan"):
        answer = client.get(f"/api/projects/1/proposals/queue?stability={least}")
        assert (answer.status_code, error_code(answer)) == (400, "field_invalid")


def progress(done: int) -> dict[str, Any]:
    return {"total": 1, "done": done, "waiting": 0, "failed": 0, "failures": []}


def test_a_project_is_searched_image_by_image(client: FlaskClient, image_id: int) -> None:
    path = "/api/projects/1/proposals"
    assert client.get(path).json == progress(done=0)
    answer = client.post(path)
    assert answer.status_code == 202
    assert answer.json["total"] == 1
    wait_until_done(client, image_id)
    done = progress(done=1)
    assert client.get(path).json == done
    assert client.post(path).json == done
    assert client.delete(path).status_code == 204
    assert client.get(path).json == done
    assert client.get("/api/projects/99/proposals").status_code == 404
