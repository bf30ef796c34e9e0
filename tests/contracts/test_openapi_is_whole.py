"""No route answers with something that the OpenAPI document does not describe."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from app.schemas.openapi_components import COMPONENTS

VAGUE: tuple[Any, ...] = ({"type": "object"}, {})


def operations(client: FlaskClient) -> dict[str, dict[str, Any]]:
    document: Any = client.get("/api/openapi.json").json
    return {
        f"{method.upper()} {address}": operation
        for address, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def schemas(part: dict[str, Any]) -> list[Any]:
    json = part.get("content", {}).get("application/json")
    return [] if json is None else [json["schema"]]


def test_every_answer_in_json_is_described(client: FlaskClient) -> None:
    vague = [
        name
        for name, operation in operations(client).items()
        for schema in schemas(operation["responses"]["2XX"])
        if schema in VAGUE and not sends_a_file(operation)
    ]
    assert vague == []


def test_every_body_in_json_is_described(client: FlaskClient) -> None:
    found = operations(client)
    vague = [
        name
        for name, operation in found.items()
        for schema in schemas(operation.get("requestBody", {}))
        if schema in VAGUE
    ]
    assert vague == []


def test_answers_name_a_shape_of_the_document(client: FlaskClient) -> None:
    named = {
        schema["$ref"].rsplit("/", 1)[1]
        for operation in operations(client).values()
        for schema in schemas(operation["responses"]["2XX"])
        if "$ref" in schema
    }
    assert len(named) >= 15
    assert named <= set(COMPONENTS)


def sends_a_file(operation: dict[str, Any]) -> bool:
    return operation["responses"]["2XX"]["description"] == "a file"
