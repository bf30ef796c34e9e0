"""Annotations: list, keep, change, delete, restore."""

from typing import Any

from flask import Blueprint, request

from app.blueprints.current import json_body, services
from app.errors import InvalidRequestError
from app.schemas.annotation_schema import (
    format_annotation,
    parse_annotation_changes,
    parse_new_annotation,
    parse_revision_header,
)

bp = Blueprint("annotations", __name__, url_prefix="/api")


@bp.get("/images/<id:image_id>/annotations")
def list_annotations(image_id: int) -> dict[str, Any]:
    """List the annotations of an image, without their logits."""
    annotations = services().annotations.list_for_image(image_id)
    return {"annotations": [format_annotation(annotation) for annotation in annotations]}


@bp.post("/images/<id:image_id>/annotations")
def add_annotation(image_id: int) -> tuple[dict[str, Any], int]:
    """Keep a mask."""
    content = parse_new_annotation(json_body())
    return format_annotation(services().annotations.add(image_id, content)), 201


@bp.get("/annotations/<id:annotation_id>")
def get_annotation(annotation_id: int) -> dict[str, Any]:
    """Return one annotation with its logits."""
    return format_annotation(services().annotations.get(annotation_id))


@bp.patch("/annotations/<id:annotation_id>")
def change_annotation(annotation_id: int) -> dict[str, Any]:
    """Change some fields of an annotation."""
    changes, revision = parse_annotation_changes(json_body())
    expected = _expected_revision(revision)
    return format_annotation(services().annotations.update(annotation_id, changes, expected))


@bp.delete("/annotations/<id:annotation_id>")
def delete_annotation(annotation_id: int) -> tuple[str, int]:
    """Delete an annotation; it can be restored."""
    services().annotations.delete(annotation_id, _expected_revision(None))
    return "", 204


@bp.post("/annotations/<id:annotation_id>/restore")
def restore_annotation(annotation_id: int) -> dict[str, Any]:
    """Bring a deleted annotation back."""
    return format_annotation(services().annotations.restore(annotation_id))


def _expected_revision(in_body: int | None) -> int | None:
    in_header = parse_revision_header(request.headers.get("If-Match"))
    if in_header is not None and in_body is not None and in_header != in_body:
        raise InvalidRequestError(
            "field_invalid",
            f"If-Match and revision must agree, got {in_header} and {in_body}",
            "send one of them",
        )
    return in_body if in_header is None else in_header
