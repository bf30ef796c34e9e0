"""Annotations: list, keep, change, delete, restore."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, request

from app.blueprints.current import json_body, services
from app.blueprints.permissions import author_of_request, caller, needs
from app.domain.annotation import Annotation, without_logits
from app.domain.user import Permission
from app.schemas.annotation_schema import (
    format_annotation,
    format_version,
    parse_annotation_changes,
    parse_left_out,
    parse_new_annotation,
    parse_restore_request,
    parse_revision_header,
)

bp = Blueprint("annotations", __name__, url_prefix="/api")

Answer = tuple[dict[str, Any], int, dict[str, str]]


@bp.get("/images/<id:image_id>/annotations")
@needs(Permission.READ)
def list_annotations(image_id: int) -> dict[str, Any]:
    """List the annotations of an image, without their logits."""
    annotations = services().annotations.list_for_image(image_id)
    return {"annotations": [format_annotation(annotation) for annotation in annotations]}


@bp.post("/images/<id:image_id>/annotations")
@needs(Permission.ANNOTATE)
def add_annotation(image_id: int) -> Answer:
    """Keep a mask, once however often it is sent."""
    content = parse_new_annotation(json_body())
    user = caller().user
    if user is not None:
        content = replace(content, author=user.name)
    annotation, is_new = services().annotations.add(image_id, content)
    return _answer(annotation, 201 if is_new else 200)


@bp.get("/annotations/<id:annotation_id>")
@needs(Permission.READ)
def get_annotation(annotation_id: int) -> Answer:
    """Return one annotation with its logits."""
    return _answer(services().annotations.get(annotation_id))


@bp.patch("/annotations/<id:annotation_id>")
@needs(Permission.ANNOTATE)
def change_annotation(annotation_id: int) -> Answer:
    """Change some fields of an annotation."""
    present = services().annotations.get(annotation_id).content.details
    changes = parse_annotation_changes(json_body(), present)
    if caller().user is not None:  # nobody signs with another name
        changes.pop("author", None)
    by = changes.get("author") or author_of_request()
    return _answer(services().annotations.update(annotation_id, changes, _expected_revision(), by))


@bp.delete("/annotations/<id:annotation_id>")
@needs(Permission.ANNOTATE)
def delete_annotation(annotation_id: int) -> tuple[str, int]:
    """Delete an annotation; it can be restored."""
    services().annotations.delete(annotation_id, _expected_revision(), author_of_request())
    return "", 204


@bp.post("/annotations/<id:annotation_id>/restore")
@needs(Permission.ANNOTATE)
def restore_annotation(annotation_id: int) -> Answer:
    """Bring a deleted annotation back, or make an earlier version the present one."""
    annotations, by = services().annotations, author_of_request()
    revision = parse_restore_request(json_body()) if request.data else None
    if revision is None:
        return _answer(annotations.restore(annotation_id, by))
    return _answer(annotations.restore_version(annotation_id, revision, _expected_revision(), by))


@bp.get("/annotations/<id:annotation_id>/history")
@needs(Permission.READ)
def annotation_history(annotation_id: int) -> dict[str, Any]:
    """List all versions of an annotation, newest first."""
    versions = services().annotations.history(annotation_id)
    return {"versions": [format_version(version) for version in versions]}


def _answer(annotation: Annotation, status: int = 200) -> Answer:
    if parse_left_out(request.args.get("without")):
        annotation = without_logits(annotation)
    # The ETag is what `If-Match` of the next change has to say.
    return format_annotation(annotation), status, {"ETag": f'"{annotation.revision}"'}


def _expected_revision() -> int | None:
    return parse_revision_header(request.headers.get("If-Match"))
