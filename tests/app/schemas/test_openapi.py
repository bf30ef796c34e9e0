"""The OpenAPI document is made from routes."""

from __future__ import annotations

from app.schemas.openapi import Route, build_openapi


def operation(method: str, pattern: str, view: str) -> dict[str, object]:
    document = build_openapi([Route(method, pattern, view, "Do it.")])
    ((address, methods),) = document["paths"].items()
    return {"address": address, **methods[method.lower()]}


def test_a_route_is_described_by_its_pattern_and_its_view() -> None:
    found = operation(
        "PATCH", "/api/annotations/<id:annotation_id>", "annotations.change_annotation"
    )
    assert (found["address"], found["summary"]) == ("/api/annotations/{annotation_id}", "Do it.")
    assert found["tags"] == ["annotations"]
    names = [parameter["name"] for parameter in found["parameters"]]  # type: ignore[attr-defined]
    assert names == ["annotation_id", "If-Match", "X-Author", "without"]
    assert "AnnotationChanges" in str(found["requestBody"])
    assert "schemas/Annotation'" in str(found["responses"])


def test_every_route_may_fail_in_the_one_shape() -> None:
    found = operation("DELETE", "/api/things/<id:thing_id>", "things.delete_thing")
    assert set(found["responses"]) == {"2XX", "4XX", "5XX"}  # type: ignore[call-overload]
    assert "requestBody" not in found


def test_files_come_in_as_forms_and_go_out_as_bytes() -> None:
    upload = operation("POST", "/api/images", "images.add_image")
    assert "multipart/form-data" in str(upload["requestBody"])
    pixels = operation("GET", "/api/images/<id:image_id>/pixels", "images.pixels")
    assert "image/*" in str(pixels["responses"])


def test_a_route_that_nobody_described_is_there_all_the_same() -> None:
    found = operation("POST", "/api/new", "new.add")
    assert found["requestBody"] == {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
    }


def test_parameters_that_may_be_asked_are_named() -> None:
    (project,) = operation("GET", "/api/images", "images.list_images")["parameters"]  # type: ignore[misc,attr-defined]
    assert (project["name"], project["in"], project["required"]) == ("project", "query", False)
