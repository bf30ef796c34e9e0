"""The OpenAPI document, made from the routes that the server has."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.schemas.openapi_components import ANYTHING, COMPONENTS, ID, Schema, ref

_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
_CHANGING = ("POST", "PATCH", "PUT")
_JSON = "application/json"
_FORM = {"file": {"type": "string", "format": "binary"}}

# View -> component of its JSON body; views that are not here take any object, or a form.
_REQUESTS = {
    "projects.add_project": "ProjectName",
    "projects.rename_project": "ProjectName",
    "images.add_folder": "Folder",
    "images.change_image": "ImageChanges",
    "categories.add_category": "NewCategory",
    "categories.change_category": "CategoryChanges",
    "annotations.add_annotation": "NewAnnotation",
    "annotations.change_annotation": "AnnotationChanges",
    "annotations.restore_annotation": "Restore",
    "masks.decode": "DecodeRequest",
}
_UPLOADS = ("images.add_image", "imports.start_import")
_WITHOUT_BODY = (
    *("embeddings.request_embedding", "projects.restore_project", "imports.confirm_import"),
)

# View -> component of its successful answer; a route that ends with a file sends bytes.
_ANSWERS = {
    "health.health": "Health",
    "projects.list_projects": "Projects",
    "projects.add_project": "Project",
    "projects.get_project": "Project",
    "projects.rename_project": "Project",
    "images.list_images": "Images",
    "images.add_image": "Image",
    "images.get_image": "Image",
    "images.change_image": "Image",
    "images.add_folder": "FolderResult",
    "embeddings.request_embedding": "EmbeddingState",
    "embeddings.embedding_state": "EmbeddingState",
    "categories.list_categories": "Categories",
    "categories.add_category": "Category",
    "categories.change_category": "Category",
    "annotations.list_annotations": "Annotations",
    "annotations.add_annotation": "Annotation",
    "annotations.get_annotation": "Annotation",
    "annotations.change_annotation": "Annotation",
    "annotations.restore_annotation": "Annotation",
    "annotations.annotation_history": "Versions",
    "masks.decode": "Candidates",
}
_FILES = (
    *("images.pixels", "images.thumbnail", "images.masked_thumbnail", "images.original"),
    *("embeddings.embedding", "models.decoder", "exports.export_coco", "exports.get_export_file"),
    *("statistics.download_statistics", "health.metrics"),
)
_HEADERS = {
    "annotations.change_annotation": ("If-Match", "X-Author"),
    "annotations.delete_annotation": ("If-Match", "X-Author"),
    "annotations.restore_annotation": ("If-Match", "X-Author"),
}


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
        "parameters": [*_path_parameters(route), *_header_parameters(route)],
        "responses": _responses(route),
    }
    if route.method in _CHANGING and route.view not in _WITHOUT_BODY:
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


def _header_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "header", "required": False, "schema": {"type": "string"}}
        for name in _HEADERS.get(route.view, ())
    ]


def _request_body(route: Route) -> dict[str, Any]:
    if route.view in _UPLOADS:
        form = {"type": "object", "properties": _FORM, "required": ["file"]}
        return {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    name = _REQUESTS.get(route.view)
    schema: Schema = ref(name) if name else ANYTHING
    is_required = route.view != "annotations.restore_annotation"
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
    if route.view in _FILES:
        return {"description": "a file", "content": {"*/*": {"schema": {}}}}
    name = _ANSWERS.get(route.view)
    schema: Schema = ref(name) if name else ANYTHING
    return {"description": name or "an object", "content": {_JSON: {"schema": schema}}}
