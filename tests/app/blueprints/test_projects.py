"""Routes of projects: list, make, change, delete, restore."""

from __future__ import annotations

import io
from typing import Any

from flask.testing import FlaskClient

from tests.helpers.app_fixtures import error_code, mask_json
from tests.helpers.sample_images import jpeg


def test_a_fresh_store_has_one_project(client: FlaskClient) -> None:
    (project,) = client.get("/api/projects").json["projects"]
    assert (project["id"], project["name"], project["image_count"]) == (1, "First project", 0)
    assert client.get("/api/projects/1").json == project


def test_a_project_is_made_renamed_deleted_and_restored(client: FlaskClient) -> None:
    made = client.post("/api/projects", json={"name": " Käfer "})
    assert (made.status_code, made.json["name"]) == (201, "Käfer")
    path = f"/api/projects/{made.json['id']}"
    assert client.patch(path, json={"name": "Beetles"}).json["name"] == "Beetles"
    assert client.delete(path).status_code == 204
    assert error_code(client.get(path)) == "project_not_found"
    assert error_code(client.delete(path)) == "project_not_found"
    assert client.post(f"{path}/restore").json["name"] == "Beetles"
    assert len(client.get("/api/projects").json["projects"]) == 2


def test_whether_masks_may_overlap_is_kept_with_the_project(client: FlaskClient) -> None:
    assert client.get("/api/projects/1").json["overlap"] == "allowed"
    changed = client.patch("/api/projects/1", json={"overlap": "exclusive"}).json
    assert (changed["overlap"], changed["name"]) == ("exclusive", "First project")
    assert client.get("/api/projects").json["projects"][0]["overlap"] == "exclusive"
    assert client.patch("/api/projects/1", json={"name": "B"}).json["overlap"] == "exclusive"
    assert client.post("/api/projects", json={"name": "C"}).json["overlap"] == "allowed"


def test_what_is_in_a_deleted_project_is_hidden_and_comes_back(
    client: FlaskClient, image_id: int
) -> None:
    body = {"category_id": 1, "segmentation": mask_json()}
    kept = client.post(f"/api/images/{image_id}/annotations", json=body).json
    client.post("/api/projects", json={"name": "B"})
    client.delete("/api/projects/1")
    assert client.get("/api/images").json == {"images": []}
    assert client.get(f"/api/images/{image_id}").status_code == 404
    assert client.get(f"/api/annotations/{kept['id']}").status_code == 404
    assert client.get("/api/export/coco").json["annotations"] == []
    client.post("/api/projects/1/restore")
    assert client.get(f"/api/annotations/{kept['id']}").json["id"] == kept["id"]


def test_the_last_project_stays(client: FlaskClient) -> None:
    assert error_code(client.delete("/api/projects/1")) == "project_last"


def test_names_are_unique_and_not_too_long(client: FlaskClient) -> None:
    assert error_code(client.post("/api/projects", json={"name": "First project"})) == (
        "project_exists"
    )
    refused = client.post("/api/projects", json={"name": "n" * 1000})
    assert refused.json["error"]["message"] == ("name must have at most 200 characters, got 1000")
    assert error_code(client.post("/api/projects", json={"name": " "})) == "field_invalid"


def test_a_project_says_how_far_it_is_and_how_long_it_will_take(
    client: FlaskClient, image_id: int
) -> None:
    effort = {"clicks": 3, "undo_count": 1, "hand_edits": 0, "active_ms": 4000}
    body = {"category_id": 1, "segmentation": mask_json(), "effort": effort}
    client.post(f"/api/images/{image_id}/annotations", json=body)
    assert client.get("/api/projects/1").json["seconds_left"] is None
    client.patch(f"/api/images/{image_id}", json={"state": "done"})
    project = client.get("/api/projects/1").json
    assert project["image_counts"] == {
        "new": 0, "in_work": 0, "done": 1, "reviewed": 0, "skipped": 0
    }  # fmt: skip
    assert (project["object_count"], project["seconds_left"]) == (1, 0.0)
    (cover,) = project["cover"]
    assert client.get(cover["masked_thumbnail_url"]).mimetype == "image/jpeg"


def test_a_project_is_one_file_and_comes_back_next_to_itself(
    client: FlaskClient, image_id: int
) -> None:
    said = {"category_id": 1, "segmentation": mask_json()}
    client.post(f"/api/images/{image_id}/annotations", json=said)
    answer = client.get("/api/projects/1/backup")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    form = {"file": (io.BytesIO(answer.data), "project.zip")}
    restored = client.post("/api/projects/from-backup", data=form)
    assert restored.status_code == 201
    body: Any = restored.json
    assert (body["id"], body["image_count"], body["object_count"]) == (2, 1, 1)
    (image,) = client.get("/api/images?project=2").json["images"]  # type: ignore[index]
    assert client.get(f"/api/images/{image['id']}/original").data == jpeg()


def test_a_file_of_something_else_is_refused(client: FlaskClient) -> None:
    form = {"file": (io.BytesIO(b"x"), "project.zip")}
    answer = client.post("/api/projects/from-backup", data=form)
    assert (answer.status_code, error_code(answer)) == (422, "backup_unusable")
    assert error_code(client.post("/api/projects/from-backup", data={})) == "file_missing"
