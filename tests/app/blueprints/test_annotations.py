"""Routes of annotations."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from app.domain.user import Role, User
from tests.helpers.accounts import sign_in
from tests.helpers.app_fixtures import error_code, mask_json

LOGITS = {
    "shape": [16, 16],
    "data": base64.b64encode(np.linspace(-9, 9, 256).astype("<f2").tobytes()).decode(),
}
KEY = "7b0c4f0e-52a1-4d0e-9c1e-0d6b3f5a9e11"
PROMPTS = {
    "points": [{"x": 10.5, "y": 8.25, "label": 1}, {"x": 40.0, "y": 30.0, "label": 0}],
    "box": [5.0, 4.0, 20.0, 12.0],
    "hand_edits": [{"tool": "brush", "box": [5.0, 4.0, 9.0, 8.0]}],
    "threshold": 1.25,
}


def full_body(**changes: Any) -> dict[str, Any]:
    return {
        "category_id": 1,
        "segmentation": mask_json(),
        "prompts": PROMPTS,
        "low_res_logits": LOGITS,
        "model_id": "0123456789abcdef",
        "predicted_iou": 0.875,
        "author": "Ada",
        **changes,
    }


def keep(client: FlaskClient, image_id: int, **changes: Any) -> dict[str, Any]:
    answer = client.post(f"/api/images/{image_id}/annotations", json=full_body(**changes))
    assert answer.status_code == 201, answer.json
    kept: dict[str, Any] = answer.json
    return kept


def listed(client: FlaskClient, image_id: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/images/{image_id}/annotations").json[
        "annotations"
    ]
    return found


def test_a_person_signs_with_their_own_name(
    client: FlaskClient, image_id: int, team: dict[Role, User]
) -> None:
    sign_in(client, team[Role.ANNOTATOR].name)
    kept = keep(client, image_id, author="Eve")
    assert kept["author"] == "Annotator"
    sign_in(client, team[Role.REVIEWER].name)
    address = f"/api/annotations/{kept['id']}"
    changed = client.patch(address, json={"author": "Eve", "notes": "a"}).json
    assert changed is not None
    assert (changed["author"], changed["notes"]) == ("Annotator", "a")
    client.delete(address, headers={"X-Author": "Eve"})
    client.post(f"{address}/restore", headers={"X-Author": "Eve"})
    versions = client.get(f"{address}/history").json
    assert versions is not None
    by = [(version["change"], version["changed_by"]) for version in versions["versions"]]
    assert by == [
        ("restored", "Reviewer"),
        ("deleted", "Reviewer"),
        ("changed", "Reviewer"),
        ("created", "Annotator"),
    ]


def test_everything_that_was_said_comes_back(client: FlaskClient, image_id: int) -> None:
    kept = keep(client, image_id)
    for name, value in full_body().items():
        assert kept[name] == value, name
    assert (kept["image_id"], kept["revision"], kept["iscrowd"]) == (image_id, 1, 0)
    assert client.get(f"/api/annotations/{kept['id']}").json == kept


def test_area_and_box_come_from_the_mask_and_not_from_the_client(
    client: FlaskClient, image_id: int
) -> None:
    kept = keep(client, image_id, area=1, bbox=[0, 0, 1, 1])
    assert (kept["area"], kept["bbox"]) == (15 * 8, [5, 4, 15, 8])


def test_a_list_leaves_the_logits_out_and_says_so(client: FlaskClient, image_id: int) -> None:
    kept = keep(client, image_id)
    by_hand = keep(client, image_id, low_res_logits=None, model_id=None, predicted_iou=None)
    assert listed(client, image_id) == [{**kept, "low_res_logits": None}, by_hand]
    assert [one["has_logits"] for one in listed(client, image_id)] == [True, False]


def test_a_change_names_only_some_fields(client: FlaskClient, image_id: int) -> None:
    kept = keep(client, image_id)
    changed = client.patch(f"/api/annotations/{kept['id']}", json={"author": "Grace"}).json
    assert changed["updated_at"] >= kept["updated_at"]
    expected = {**kept, "author": "Grace", "revision": 2, "updated_at": changed["updated_at"]}
    assert changed == expected


def test_a_new_mask_is_measured_anew(client: FlaskClient, image_id: int) -> None:
    kept = keep(client, image_id)
    changed = client.patch(
        f"/api/annotations/{kept['id']}", json={"segmentation": mask_json(box=(0, 0, 2, 3))}
    ).json
    assert (changed["area"], changed["bbox"]) == (6, [0, 0, 2, 3])


def test_null_takes_the_logits_away(client: FlaskClient, image_id: int) -> None:
    kept = keep(client, image_id)
    body = {"low_res_logits": None, "model_id": None, "predicted_iou": None, "prompts": None}
    changed = client.patch(f"/api/annotations/{kept['id']}", json=body).json
    assert changed["has_logits"] is False
    assert (changed["model_id"], changed["predicted_iou"]) == (None, None)
    expected = {"points": [], "box": None, "hand_edits": [], "threshold": None}
    assert changed["prompts"] == expected


def test_an_outdated_revision_is_refused_with_what_is_saved(
    client: FlaskClient, image_id: int
) -> None:
    address = f"/api/annotations/{keep(client, image_id)['id']}"
    saved = client.patch(address, json={"author": "first"}, headers={"If-Match": '"1"'}).json
    answer = client.patch(address, json={"author": "second"}, headers={"If-Match": '"1"'})
    assert (answer.status_code, error_code(answer)) == (409, "revision_conflict")
    assert answer.json["current"] == saved
    assert client.get(address).json == saved


def test_the_present_revision_in_a_header_is_accepted(client: FlaskClient, image_id: int) -> None:
    address = f"/api/annotations/{keep(client, image_id)['id']}"
    for header in ('"1"', "2", "*", 'W/"4"'):
        answer = client.patch(address, json={"author": header}, headers={"If-Match": header})
        assert answer.status_code == 200, header


def test_every_answer_names_the_revision_that_the_next_change_starts_from(
    client: FlaskClient, image_id: int
) -> None:
    created = client.post(f"/api/images/{image_id}/annotations", json=full_body())
    address = f"/api/annotations/{created.json['id']}"
    changed = client.patch(address, json={}, headers={"If-Match": created.headers["ETag"]})
    assert (created.headers["ETag"], changed.headers["ETag"]) == ('"1"', '"2"')
    assert client.get(address).headers["ETag"] == '"2"'
    client.delete(address, headers={"If-Match": changed.headers["ETag"]})
    assert client.post(f"{address}/restore").headers["ETag"] == '"4"'


def test_a_revision_that_is_none_is_refused(client: FlaskClient, image_id: int) -> None:
    address = f"/api/annotations/{keep(client, image_id)['id']}"
    answer = client.patch(address, json={}, headers={"If-Match": "one"})
    assert error_code(answer) == "field_invalid"


def test_a_mask_that_is_sent_twice_is_kept_once(client: FlaskClient, image_id: int) -> None:
    kept = keep(client, image_id, client_key=KEY)
    again = client.post(
        f"/api/images/{image_id}/annotations", json=full_body(client_key=KEY, author="again")
    )
    assert (again.status_code, again.json) == (200, kept)
    assert [one["client_key"] for one in listed(client, image_id)] == [KEY]


def test_a_mask_that_was_deleted_is_not_kept_again_by_a_late_request(
    client: FlaskClient, image_id: int
) -> None:
    kept = keep(client, image_id, client_key=KEY)
    client.delete(f"/api/annotations/{kept['id']}")
    late = client.post(f"/api/images/{image_id}/annotations", json=full_body(client_key=KEY))
    assert (late.status_code, error_code(late)) == (409, "annotation_deleted")
    assert late.json["current"]["id"] == kept["id"]
    assert listed(client, image_id) == []


def test_a_deleted_annotation_can_be_restored(client: FlaskClient, image_id: int) -> None:
    kept = keep(client, image_id)
    address = f"/api/annotations/{kept['id']}"
    assert client.delete(address).status_code == 204
    assert listed(client, image_id) == []
    for answer in (client.get(address), client.patch(address, json={}), client.delete(address)):
        assert (answer.status_code, error_code(answer)) == (404, "annotation_not_found")
    restored = client.post(f"{address}/restore")
    assert restored.status_code == 200
    assert restored.json["segmentation"] == kept["segmentation"]
    assert restored.json["low_res_logits"] == kept["low_res_logits"]
    assert len(listed(client, image_id)) == 1


def test_deleting_an_outdated_revision_is_refused(client: FlaskClient, image_id: int) -> None:
    address = f"/api/annotations/{keep(client, image_id)['id']}"
    client.patch(address, json={"author": "somebody"})
    answer = client.delete(address, headers={"If-Match": "1"})
    assert error_code(answer) == "revision_conflict"
    assert len(listed(client, image_id)) == 1


def test_a_restored_annotation_brings_its_category_back(client: FlaskClient, image_id: int) -> None:
    category = client.post("/api/categories", json={"name": "car"}).json["id"]
    address = f"/api/annotations/{keep(client, image_id, category_id=category)['id']}"
    client.delete(address)
    client.delete(f"/api/categories/{category}")
    assert client.post(f"{address}/restore").json["category_id"] == category
    assert len(client.get("/api/categories").json["categories"]) == 2


def test_a_restored_annotation_joins_the_namesake_of_its_category(
    client: FlaskClient, image_id: int
) -> None:
    category = client.post("/api/categories", json={"name": "car"}).json["id"]
    address = f"/api/annotations/{keep(client, image_id, category_id=category)['id']}"
    client.delete(address)
    client.delete(f"/api/categories/{category}")
    namesake = client.post("/api/categories", json={"name": "car"}).json["id"]
    assert client.post(f"{address}/restore").json["category_id"] == namesake


def test_annotations_of_a_deleted_image_are_not_found(client: FlaskClient, image_id: int) -> None:
    kept = keep(client, image_id)
    client.delete(f"/api/images/{image_id}")
    assert error_code(client.get(f"/api/annotations/{kept['id']}")) == "annotation_not_found"
    assert error_code(client.get(f"/api/images/{image_id}/annotations")) == "image_not_found"


BAD_FIELDS: list[tuple[dict[str, Any], int, str]] = [
    ({"segmentation": None}, 400, "field_missing"),
    ({"category_id": None}, 400, "field_missing"),
    ({"segmentation": mask_json(height=48, width=32)}, 422, "mask_size_mismatch"),
    ({"segmentation": mask_json(box=(0, 0, 0, 0))}, 422, "mask_empty"),
    ({"segmentation": {"size": [32, 48], "counts": ""}}, 422, "mask_invalid"),
    ({"segmentation": {"size": [32, 48], "counts": "05"}}, 422, "mask_invalid"),
    ({"segmentation": {"size": [32, 48], "counts": "\u00e4"}}, 422, "mask_invalid"),
    ({"segmentation": {"size": [32, 48], "counts": "P"}}, 422, "mask_invalid"),
    ({"segmentation": {"size": [32, 48], "counts": [0, 5]}}, 400, "field_invalid"),
    ({"segmentation": {"size": [32], "counts": "05"}}, 400, "field_invalid"),
    ({"segmentation": {"size": "32", "counts": "05"}}, 400, "field_invalid"),
    ({"segmentation": [[0, 0, 5, 5, 0, 5]]}, 400, "field_invalid"),
    ({"category_id": 77}, 422, "category_unknown"),
    ({"category_id": "1"}, 400, "field_invalid"),
    ({"category_id": True}, 400, "field_invalid"),
    ({"category_id": 2**63}, 400, "field_invalid"),
    ({"predicted_iou": "high"}, 400, "field_invalid"),
    ({"author": 5}, 400, "field_invalid"),
    ({"author": "x" * 201}, 400, "field_too_long"),
    ({"model_id": "x" * 65}, 400, "field_too_long"),
    ({"prompts": [1]}, 400, "field_invalid"),
    ({"prompts": {"points": [{"x": 1, "y": 1, "label": 1}] * 501}}, 422, "too_many_points"),
    ({"prompts": {"box": [1, 1, 1, 1]}}, 422, "box_invalid"),
    ({"prompts": {"hand_edits": [PROMPTS["hand_edits"][0]] * 501}}, 422, "too_many_hand_edits"),
    ({"prompts": {"hand_edits": [{"tool": "", "box": [1, 1, 2, 2]}]}}, 400, "field_invalid"),
    ({"prompts": {"hand_edits": [{"tool": "brush", "box": [1, 1]}]}}, 422, "box_invalid"),
    ({"prompts": {"threshold": "high"}}, 400, "field_invalid"),
    ({"low_res_logits": {"shape": [2, 2], "data": ""}}, 422, "logits_invalid"),
    ({"low_res_logits": "AAAA"}, 400, "field_invalid"),
]


@pytest.mark.parametrize(("change", "status", "code"), BAD_FIELDS)
def test_a_bad_field_is_refused_and_nothing_is_touched(
    client: FlaskClient, image_id: int, change: dict[str, Any], status: int, code: str
) -> None:
    kept = keep(client, image_id)
    answer = client.post(f"/api/images/{image_id}/annotations", json=full_body(**change))
    assert (answer.status_code, error_code(answer)) == (status, code)
    if code != "field_missing":
        patched = client.patch(f"/api/annotations/{kept['id']}", json=change)
        assert (patched.status_code, error_code(patched)) == (status, code)
    assert client.get(f"/api/annotations/{kept['id']}").json == kept
    assert len(listed(client, image_id)) == 1


def test_unknown_ids_are_not_found(client: FlaskClient) -> None:
    assert error_code(client.get("/api/annotations/9")) == "annotation_not_found"
    assert error_code(client.patch("/api/annotations/9", json={})) == "annotation_not_found"
    assert error_code(client.delete("/api/annotations/9")) == "annotation_not_found"
    assert error_code(client.post("/api/annotations/9/restore")) == "annotation_not_found"
    assert error_code(client.get("/api/images/9/annotations")) == "image_not_found"
    answer = client.post("/api/images/9/annotations", json=full_body())
    assert error_code(answer) == "image_not_found"


def test_the_history_says_who_did_what_and_any_version_comes_back(
    client: FlaskClient, image_id: int
) -> None:
    body = {"category_id": 1, "segmentation": mask_json(), "author": "Ada"}
    kept = client.post(f"/api/images/{image_id}/annotations", json=body).json
    address = f"/api/annotations/{kept['id']}"
    smaller = {"segmentation": mask_json(box=(5, 4, 6, 5))}
    client.patch(address, json=smaller, headers={"X-Author": "B%C3%B8"})
    client.delete(address)
    versions = client.get(f"{address}/history").json["versions"]
    assert [(one["change"], one["changed_by"], one["area"]) for one in versions] == [
        *(("deleted", "", 1), ("changed", "Bø", 1)),
        ("created", "Ada", 120),
    ]
    assert [one["is_deleted"] for one in versions] == [True, False, False]
    restored = client.post(f"{address}/restore", json={"revision": 1}, headers={"If-Match": '"3"'})
    assert (restored.status_code, restored.headers["ETag"]) == (200, '"4"')
    assert restored.json["segmentation"] == kept["segmentation"]


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        ({"revision": 7}, {}, 404, "version_not_found"),
        ({"revision": "x"}, {}, 400, "field_invalid"),
        ({"revision": 1}, {"If-Match": '"9"'}, 409, "revision_conflict"),
        ({"revision": 1}, {"X-Author": "%ff"}, 400, "field_invalid"),
        ({"revision": 1}, {"X-Author": "x" * 300}, 400, "field_too_long"),
    ],
)
def test_a_version_that_cannot_come_back_is_refused(
    client: FlaskClient,
    image_id: int,
    body: dict[str, Any],
    headers: dict[str, str],
    status: int,
    code: str,
) -> None:
    new = {"category_id": 1, "segmentation": mask_json()}
    kept = client.post(f"/api/images/{image_id}/annotations", json=new).json
    answer = client.post(f"/api/annotations/{kept['id']}/restore", json=body, headers=headers)
    assert (answer.status_code, error_code(answer)) == (status, code)


def test_an_annotation_that_never_was_has_no_history(client: FlaskClient) -> None:
    assert error_code(client.get("/api/annotations/9/history")) == "annotation_not_found"


def test_details_and_effort_are_kept_and_changed_field_by_field(
    client: FlaskClient, image_id: int
) -> None:
    effort = {"clicks": 3, "undo_count": 1, "hand_edits": 0, "active_ms": 4200}
    said = {"iscrowd": 1, "attributes": {"colour": "red", "age": 2.5}, "notes": "odd"}
    kept = keep(client, image_id, **said, effort=effort)
    assert {name: kept[name] for name in said} == said
    assert (kept["group_id"], kept["effort"]) == (None, effort)
    path = f"/api/annotations/{kept['id']}"
    changed = client.patch(path, json={"group_id": 4, "notes": ""}).json
    assert (changed["group_id"], changed["notes"], changed["iscrowd"]) == (4, "", 1)
    assert changed["attributes"] == said["attributes"]
    document = client.get("/api/export/coco").json
    (written,) = document["annotations"]
    assert (written["iscrowd"], written["group_id"]) == (1, 4)
    assert written["attributes"] == said["attributes"]


def test_a_class_of_another_project_is_refused(client: FlaskClient, image_id: int) -> None:
    second = client.post("/api/projects", json={"name": "B"}).json["id"]
    (category,) = client.get(f"/api/categories?project={second}").json["categories"]
    body = {"category_id": category["id"], "segmentation": mask_json()}
    answer = client.post(f"/api/images/{image_id}/annotations", json=body)
    assert error_code(answer) == "category_unknown"


def test_answers_leave_the_logits_out_for_whoever_has_them(
    client: FlaskClient, image_id: int
) -> None:
    bare = "?without=logits"
    added = client.post(f"/api/images/{image_id}/annotations{bare}", json=full_body())
    address = f"/api/annotations/{added.json['id']}"
    changed = client.patch(f"{address}{bare}", json={"notes": "torn"})
    restored = client.post(f"{address}/restore{bare}", json={"revision": 1})
    for answer in (added, changed, restored, client.get(address + bare)):
        assert (answer.json["low_res_logits"], answer.json["has_logits"]) == (None, True)
        assert answer.headers["ETag"] == f'"{answer.json["revision"]}"'
    assert client.get(address).json["low_res_logits"] == LOGITS
    refused = client.get(f"{address}?without=mask")
    assert (refused.status_code, error_code(refused)) == (400, "field_invalid")
    assert "without must be logits, got 'mask'" in refused.json["error"]["message"]
