"""The OpenAPI document, made from the routes that the server has."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.schemas.openapi_components import COMPONENTS
from app.schemas.openapi_shapes import ANYTHING, ID, TEXT, Schema, ref
from app.schemas.openapi_views import (
    ANSWERS,
    FILES,
    HEADERS,
    OPTIONAL_BODY,
    QUERIES,
    REQUESTS,
    UPLOADS,
    WITHOUT_BODY,
)

_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
_CHANGING = ("POST", "PATCH", "PUT")
_JSON = "application/json"
_FORM = {"file": {"type": "string", "format": "binary"}}


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one address.

    Attributes:
        method: HTTP method.
        pattern: Address with ``<kind:name>`` for its parts.
        view: Name of the function that answers, such as ``images.get_image``.
        summary: What it does, in one line.
    """

    method: str
    pattern: str
    view: str
    summary: str


def build_openapi(routes: Iterable[Route]) -> dict[str, Any]:
    """Return the document of these routes."""
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        address = _PARAMETER.sub(r"{\2}", route.pattern)
        paths.setdefault(address, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Maskwright",
            "version": "1",
            "description": "Values and rules in words: docs/http_api.md.",
        },
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": COMPONENTS},
    }


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.view,
        "tags": [route.view.partition(".")[0]],
        "summary": route.summary,
        "parameters": [*_path_parameters(route), *_other_parameters(route)],
        "responses": _responses(route),
    }
    if route.method in _CHANGING and route.view not in WITHOUT_BODY:
        operation["requestBody"] = _request_body(route)
    return operation


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": ID if kind == "id" else {"type": "string"},
        }
        for kind, name in _PARAMETER.findall(route.pattern)
    ]


def _other_parameters(route: Route) -> list[dict[str, Any]]:
    parameters = [(name, "header", TEXT) for name in HEADERS.get(route.view, ())]
    parameters += [(name, "query", schema) for name, schema in QUERIES.get(route.view, {}).items()]
    return [
        {"name": name, "in": place, "required": False, "schema": schema}
        for name, place, schema in parameters
    ]


def _request_body(route: Route) -> dict[str, Any]:
    if route.view in UPLOADS:
        form = {"type": "object", "properties": _FORM, "required": ["file"]}
        return {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    name = REQUESTS.get(route.view)
    schema: Schema = ref(name) if name else ANYTHING
    is_required = route.view not in OPTIONAL_BODY
    return {"required": is_required, "content": {_JSON: {"schema": schema}}}


def _responses(route: Route) -> dict[str, Any]:
    failure = {
        "description": "what must hold, what was got, what to do",
        "content": {_JSON: {"schema": ref("Error")}},
    }
    return {"2XX": _success(route), "4XX": failure, "5XX": failure}


def _success(route: Route) -> dict[str, Any]:
    if route.method == "DELETE":
        return {"description": "deleted; there is no content"}
    if route.view in FILES:
        return {"description": "a file", "content": {FILES[route.view]: {"schema": {}}}}
    name = ANSWERS.get(route.view)
    schema: Schema = ref(name) if name else ANYTHING
    return {"description": name or "an object", "content": {_JSON: {"schema": schema}}}
