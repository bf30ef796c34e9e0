"""The description of the HTTP interface."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jsonschema_rs import validator_for

from app.schemas.openapi import _ANSWERS, _FILES, _REQUESTS, _UPLOADS, _WITHOUT_BODY
from app.schemas.openapi_components import COMPONENTS
from tests.helpers.app_fixtures import mask_json


def shape(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}", "components": {"schemas": COMPONENTS}}


def test_every_route_is_in_the_document(app: Flask, client: FlaskClient) -> None:
    document: Any = client.get("/api/openapi.json").json
    described = {
        (method.upper(), address)
        for address, methods in document["paths"].items()
        for method in methods
    }
    served = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") or rule.rule == "/metrics"
    }
    assert described == served


def test_what_is_said_of_views_is_said_of_views_that_exist(app: Flask) -> None:
    described = {*_ANSWERS, *_FILES, *_REQUESTS, *_UPLOADS, *_WITHOUT_BODY}
    assert described <= set(app.view_functions)
    assert {*_ANSWERS.values(), *_REQUESTS.values()} <= set(COMPONENTS)


def test_real_values_are_as_described(client: FlaskClient, image_id: int) -> None:
    new = {"category_id": 1, "segmentation": mask_json(), "author": "Ada"}
    validator_for(shape("NewAnnotation")).validate(new)
    kept: Any = client.post(f"/api/images/{image_id}/annotations", json=new).json
    for name, address in (
        ("Annotation", f"/api/annotations/{kept['id']}"),
        ("Annotations", f"/api/images/{image_id}/annotations"),
        ("Versions", f"/api/annotations/{kept['id']}/history"),
        ("Images", "/api/images"),
        ("Categories", "/api/categories"),
        ("Projects", "/api/projects"),
        ("Error", "/api/images/99"),
    ):
        validator_for(shape(name)).validate(client.get(address).json)


def test_the_page_names_every_route_and_runs_no_script(client: FlaskClient) -> None:
    answer, document = client.get("/api/docs"), client.get("/api/openapi.json").json
    assert answer.mimetype == "text/html"
    assert "<script" not in answer.text
    for address in document["paths"]:  # type: ignore[index]
        assert f"<code>{address}</code>" in answer.text
    for target in re.findall(r'href="#(\w+)"', answer.text):
        assert f'id="{target}"' in answer.text
