"""Working together over HTTP."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.domain.user import Role, User
from tests.helpers.accounts import sign_in
from tests.helpers.app_fixtures import error_code, mask_json


def get(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.json


def test_a_review_goes_to_and_fro(
    client: FlaskClient, image_id: int, team: dict[Role, User]
) -> None:
    sign_in(client, "Annotator")
    address = f"/api/images/{image_id}"
    mask = {"category_id": 1, "segmentation": mask_json()}
    kept: Any = client.post(f"{address}/annotations", json=mask).json
    client.patch(address, json={"state": "done"})
    assert client.post(f"{address}/reviews", json={"verdict": "accepted"}).status_code == 403

    sign_in(client, "Reviewer")
    verdict = {"verdict": "rejected", "comment": "leave the hand out", "annotation_id": kept["id"]}
    answer: Any = client.post(f"{address}/reviews", json=verdict, headers={"X-Author": "Eve"})
    assert answer.status_code == 201
    assert answer.json["image_state"] == "in_work"
    assert answer.json["review"]["author"] == "Reviewer"

    sign_in(client, "Annotator")
    assert get(client, address)["state"] == "in_work"
    (review,) = get(client, "/api/projects/1/teamwork")["reviews"]
    assert (review["comment"], review["is_outdated"]) == ("leave the hand out", False)
    smaller = {"segmentation": mask_json(box=(5, 4, 18, 12))}
    client.patch(f"/api/annotations/{kept['id']}", json=smaller)
    assert get(client, "/api/projects/1/teamwork")["reviews"][0]["is_outdated"] is True

    sign_in(client, "Reviewer")
    answer = client.post(f"{address}/reviews", json={"verdict": "accepted"})
    assert answer.json["image_state"] == "reviewed"
    assert [one["verdict"] for one in get(client, f"{address}/reviews")["reviews"]] == [
        "accepted",
        "rejected",
    ]
    assert team[Role.REVIEWER].name == "Reviewer"


def test_without_accounts_a_request_says_who_reviews(client: FlaskClient, image_id: int) -> None:
    address = f"/api/images/{image_id}/reviews"
    answer: Any = client.post(
        address, json={"verdict": "accepted"}, headers={"X-Author": "Zo%C3%AB"}
    )
    assert answer.json["review"]["author"] == "Zoë"
    assert error_code(client.post(address, json={"verdict": "rejected"})) == "comment_missing"
    missing = client.post("/api/images/99/reviews", json={"verdict": "accepted"})
    assert error_code(missing) == "image_not_found"


def test_an_owner_gives_images_to_people(
    client: FlaskClient, image_id: int, team: dict[Role, User]
) -> None:
    sign_in(client, "Owner")
    address = "/api/projects/1/assignments"
    ben = team[Role.ANNOTATOR].id
    answer = client.post(address, json={"image_ids": [image_id], "user_id": ben})
    assert answer.json == {"assignments": [{"image_id": image_id, "user_id": ben}]}
    assert get(client, "/api/projects/1/teamwork")["assignments"] == answer.json["assignments"]
    refused = client.post(address, json={"image_ids": [image_id], "user_id": 99})
    assert error_code(refused) == "assignment_impossible"
    assert client.post(address, json={"image_ids": [image_id]}).json == {"assignments": []}
    assert error_code(client.get("/api/projects/99/teamwork")) == "project_not_found"


def test_people_see_who_else_is_on_an_image(
    app: Flask, client: FlaskClient, image_id: int, team: dict[Role, User]
) -> None:
    other = app.test_client()
    sign_in(client, "Annotator")
    sign_in(other, "Reader")
    address = f"/api/images/{image_id}/presence"
    assert client.post(address).json == {"people": []}
    assert other.post(address).json == {"people": ["Annotator"]}
    assert client.post(address).json == {"people": ["Reader"]}
    assert other.delete(address).status_code == 204
    assert client.post(address).json == {"people": []}
    for method in ("POST", "DELETE"):
        answer = client.open("/api/images/99/presence", method=method)
        assert error_code(answer) == "image_not_found"
    assert len(team) == 4
