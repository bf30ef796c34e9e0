"""Annotations: list, keep, change, delete, restore."""

from typing import Any

from flask import Blueprint, request

from app.blueprints.current import json_body, services
from app.domain.annotation import Annotation
from app.schemas.annotation_schema import (
    format_annotation,
    parse_annotation_changes,
    parse_new_annotation,
    parse_revision_header,
)

bp = Blueprint("annotations", __name__, url_prefix="/api")

Answer = tuple[dict[str, Any], int, dict[str, str]]


@bp.get("/images/<id:image_id>/annotations")
def list_annotations(image_id: int) -> dict[str, Any]:
    """List the annotations of an image, without their logits."""
    annotations = services().annotations.list_for_image(image_id)
    return {"annotations": [format_annotation(annotation) for annotation in annotations]}


@bp.post("/images/<id:image_id>/annotations")
def add_annotation(image_id: int) -> Answer:
    """Keep a mask, once however often it is sent."""
    annotation, is_new = services().annotations.add(image_id, parse_new_annotation(json_body()))
    return _answer(annotation, 201 if is_new else 200)


@bp.get("/annotations/<id:annotation_id>")
def get_annotation(annotation_id: int) -> Answer:
    """Return one annotation with its logits."""
    return _answer(services().annotations.get(annotation_id))


@bp.patch("/annotations/<id:annotation_id>")
def change_annotation(annotation_id: int) -> Answer:
    """Change some fields of an annotation."""
    changes = parse_annotation_changes(json_body())
    expected = _expected_revision()
    return _answer(services().annotations.update(annotation_id, changes, expected))


@bp.delete("/annotations/<id:annotation_id>")
def delete_annotation(annotation_id: int) -> tuple[str, int]:
    """Delete an annotation; it can be restored."""
    services().annotations.delete(annotation_id, _expected_revision())
    return "", 204


@bp.post("/annotations/<id:annotation_id>/restore")
def restore_annotation(annotation_id: int) -> Answer:
    """Bring a deleted annotation back."""
    return _answer(services().annotations.restore(annotation_id))


def _answer(annotation: Annotation, status: int = 200) -> Answer:
    # The ETag is what `If-Match` of the next change has to say.
    return format_annotation(annotation), status, {"ETag": f'"{annotation.revision}"'}


def _expected_revision() -> int | None:
    return parse_revision_header(request.headers.get("If-Match"))
