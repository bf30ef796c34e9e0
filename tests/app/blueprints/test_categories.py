"""Routes of categories."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.helpers.app_fixtures import error_code, mask_json


def test_a_fresh_store_has_one_category(client: FlaskClient) -> None:
    first = {"id": 1, "project_id": 1, "name": "object", "supercategory": "", "color": "#e69f00"}
    assert client.get("/api/categories").json == {
        "categories": [{**first, "pattern": "plain", "attributes": []}]
    }


def test_a_category_keeps_its_pattern_until_another_one_is_chosen(client: FlaskClient) -> None:
    for pattern in ("stripes_up", "stripes_down", "dots", "crosshatch", "plain", "dots"):
        changed = client.patch("/api/categories/1", json={"pattern": pattern})
        assert changed.json["pattern"] == pattern
    client.patch("/api/categories/1", json={"name": "thing", "color": "#010203"})
    (kept,) = client.get("/api/categories").json["categories"]
    assert (kept["name"], kept["pattern"]) == ("thing", "dots")
    added = client.post("/api/categories", json={"name": "cat", "pattern": "stripes_up"})
    assert added.json["pattern"] == "stripes_up"


def test_a_category_asks_about_its_objects(client: FlaskClient) -> None:
    asked = [
        {"name": "colour", "kind": "choice", "choices": ["red", "blue"]},
        {"name": "broken", "kind": "flag", "choices": []},
    ]
    answer = client.patch("/api/categories/1", json={"attributes": asked})
    assert answer.json["attributes"] == asked
    renamed = client.patch("/api/categories/1", json={"name": "thing"})
    assert renamed.json["attributes"] == asked


def test_projects_have_classes_of_their_own(client: FlaskClient) -> None:
    second = client.post("/api/projects", json={"name": "B"}).json["id"]
    added = client.post(f"/api/categories?project={second}", json={"name": "cat"})
    assert added.json["project_id"] == second
    assert client.post("/api/categories", json={"name": "cat"}).status_code == 201
    found = client.get(f"/api/categories?project={second}").json["categories"]
    assert [category["name"] for category in found] == ["object", "cat"]
    assert client.get("/api/categories?project=9").status_code == 404
    assert error_code(client.get("/api/categories?project=x")) == "field_invalid"


def test_a_category_is_added_renamed_and_deleted(client: FlaskClient) -> None:
    added = client.post("/api/categories", json={"name": " Käfer ", "supercategory": "animal"})
    assert added.status_code == 201
    category = added.json
    assert (category["name"], category["supercategory"]) == ("Käfer", "animal")
    changed = client.patch(f"/api/categories/{category['id']}", json={"name": "beetle"}).json
    assert changed == {**category, "name": "beetle"}
    assert client.delete(f"/api/categories/{category['id']}").status_code == 204
    assert len(client.get("/api/categories").json["categories"]) == 1


def test_new_categories_get_different_colours(client: FlaskClient) -> None:
    colors = [client.post("/api/categories", json={"name": n}).json["color"] for n in "abc"]
    assert len({"#e69f00", *colors}) == 4


def test_a_name_is_taken_only_once(client: FlaskClient) -> None:
    answer = client.post("/api/categories", json={"name": "object"})
    assert (answer.status_code, error_code(answer)) == (409, "category_exists")
    other = client.post("/api/categories", json={"name": "other"}).json["id"]
    assert (
        error_code(client.patch(f"/api/categories/{other}", json={"name": "object"}))
        == "category_exists"
    )


def test_two_spellings_of_one_sign_are_one_name(client: FlaskClient) -> None:
    client.post("/api/categories", json={"name": "caf\u00e9"})
    answer = client.post("/api/categories", json={"name": "cafe\u0301"})
    assert error_code(answer) == "category_exists"


def test_the_last_category_stays(client: FlaskClient) -> None:
    answer = client.delete("/api/categories/1")
    assert (answer.status_code, error_code(answer)) == (409, "category_last")


def test_a_category_in_use_stays(client: FlaskClient, image_id: int) -> None:
    client.post("/api/categories", json={"name": "other"})
    kept = client.post(
        f"/api/images/{image_id}/annotations", json={"category_id": 1, "segmentation": mask_json()}
    ).json
    assert error_code(client.delete("/api/categories/1")) == "category_in_use"
    client.delete(f"/api/annotations/{kept['id']}")
    assert client.delete("/api/categories/1").status_code == 204


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "field_invalid"),
        ({"name": ""}, "field_invalid"),
        ({"name": "   "}, "field_invalid"),
        ({"name": 7}, "field_invalid"),
        ({"name": "x" * 201}, "field_too_long"),
        ({"name": "\ud800"}, "field_invalid"),
        ({"name": "x", "color": "red"}, "field_invalid"),
        ({"name": "x", "color": 1}, "field_invalid"),
        ({"name": "x", "supercategory": []}, "field_invalid"),
        ({"name": "x", "pattern": "zigzag"}, "field_invalid"),
        ({"name": "x", "pattern": 7}, "field_invalid"),
        ([], "field_invalid"),
    ],
)
def test_malformed_categories_are_refused(client: FlaskClient, body: object, code: str) -> None:
    answer = client.post("/api/categories", json=body)
    assert (answer.status_code, error_code(answer)) == (400, code)
    assert len(client.get("/api/categories").json["categories"]) == 1


def test_an_unknown_category_is_not_found(client: FlaskClient) -> None:
    assert error_code(client.patch("/api/categories/9", json={})) == "category_not_found"
    assert error_code(client.delete("/api/categories/9")) == "category_not_found"
