"""The description of the HTTP interface."""

from __future__ import annotations

import io
import re
import time
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jsonschema_rs import validator_for
from werkzeug.test import TestResponse

from app.schemas.openapi_components import COMPONENTS
from app.schemas.openapi_views import ANSWERS, FILES, QUERIES, REQUESTS, UPLOADS, WITHOUT_BODY
from tests.helpers.app_fixtures import PATIENCE_S, mask_json


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
    described = {*ANSWERS, *FILES, *REQUESTS, *UPLOADS, *WITHOUT_BODY, *QUERIES}
    assert described <= set(app.view_functions)
    assert {*ANSWERS.values(), *REQUESTS.values()} <= set(COMPONENTS)


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
        ("Health", "/api/health"),
        ("Ready", "/api/ready"),
        ("Model", "/api/model"),
        ("Project", "/api/projects/1"),
        ("Proposals", f"/api/images/{image_id}/proposals"),
        ("Statistics", "/api/projects/1/statistics"),
        ("OpenApi", "/api/openapi.json"),
        ("Error", "/api/images/99"),
    ):
        validator_for(shape(name)).validate(client.get(address).json)


def test_work_that_takes_longer_is_as_described(client: FlaskClient, image_id: int) -> None:
    new = {"category_id": 1, "segmentation": mask_json()}
    client.post(f"/api/images/{image_id}/annotations", json=new)
    wish = {"format": "yolo", "split": {"val_percent": 50, "groups": "name_prefix"}}
    validator_for(shape("ExportOptions")).validate(wish)
    export = finished(client, client.post("/api/exports", json=wish))
    validator_for(shape("Export")).validate(export)
    assert export["report"]["losses"] == []
    content = client.get("/api/export/coco").data
    form = {"file": (io.BytesIO(content), "annotations.json")}
    trial = finished(client, client.post("/api/imports", data=form), "imports")
    validator_for(shape("Import")).validate(trial)
    assert trial["report"]["already_there"] == 1


def finished(client: FlaskClient, answer: TestResponse, kind: str = "exports") -> dict[str, Any]:
    """Return a job once it has ended."""
    job: Any = answer.json
    deadline = time.monotonic() + PATIENCE_S
    while job["state"] in {"waiting", "running"}:
        assert time.monotonic() < deadline
        time.sleep(0.01)
        job = client.get(f"/api/{kind}/{job['id']}").json
    assert isinstance(job, dict)
    return job


def test_the_page_names_every_route_and_runs_no_script(client: FlaskClient) -> None:
    answer, document = client.get("/api/docs"), client.get("/api/openapi.json").json
    assert answer.mimetype == "text/html"
    assert "<script" not in answer.text
    for address in document["paths"]:  # type: ignore[index]
        assert f"<code>{address}</code>" in answer.text
    for target in re.findall(r'href="#(\w+)"', answer.text):
        assert f'id="{target}"' in answer.text
