"""Annotations as JSON."""

from typing import Any
from urllib.parse import unquote
from uuid import UUID

from app.domain.annotation import (
    Annotation,
    AnnotationChanges,
    AnnotationContent,
    AnnotationVersion,
    CocoRle,
    MaskMeasures,
    Origin,
)
from app.domain.object_details import ObjectDetails
from app.errors import InvalidRequestError
from app.schemas.json_object import JsonObject, check_integer
from app.schemas.object_details_schema import (
    DETAIL_FIELDS,
    format_details,
    format_effort,
    parse_details,
    parse_effort,
)
from app.schemas.prompt_schema import format_logits, format_prompts, parse_logits, parse_prompts

LONGEST_AUTHOR = 200
LONGEST_MODEL_ID = 64
LONGEST_CLIENT_KEY = 64
LEFT_OUT = ("logits",)
NO_DETAILS = ObjectDetails()


def parse_new_annotation(values: Any) -> AnnotationContent:
    """Return the checked content of a new annotation.

    Raises:
        InvalidRequestError: If a field is missing or malformed.
        UnprocessableError: If prompts or logits cannot be right.
    """
    body = JsonObject(values)
    for name in ("category_id", "segmentation"):
        if body.raw(name) is None:
            raise InvalidRequestError(
                "field_missing", f"{name} must be given, got none", "send a class and a mask"
            )
    changes = _parse_changes(body, NO_DETAILS)
    return AnnotationContent(**changes, client_key=_parse_client_key(body))


def parse_annotation_changes(values: Any, present: ObjectDetails = NO_DETAILS) -> AnnotationChanges:
    """Return the fields that change.

    Args:
        values: Parsed JSON.
        present: What is saved, for a change that names only some of these.

    Raises:
        InvalidRequestError: If a field is malformed.
        UnprocessableError: If prompts or logits cannot be right.
    """
    return _parse_changes(JsonObject(values), present)


def parse_revision_header(value: str | None) -> int | None:
    """Return the revision in an ``If-Match`` header; ``*`` and a missing header give ``None``.

    Raises:
        InvalidRequestError: If it is anything else.
    """
    if value is None or value.strip() == "*":
        return None
    digits = value.strip().removeprefix("W/").strip('"')
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise InvalidRequestError(
            "field_invalid",
            f"If-Match must be a revision number, got {value!r}",
            "send the revision that the annotation had when it was loaded",
        )
    return int(digits)


def parse_author_header(value: str | None) -> str:
    """Return who makes a change, from an ``X-Author`` header in percent-encoded UTF-8.

    Raises:
        InvalidRequestError: If it is too long or not in UTF-8.
    """
    try:
        author = unquote(value or "", errors="strict")
    except UnicodeDecodeError:
        author = "\0"  # refused below like every sign that cannot be kept
    return JsonObject({"X-Author": author}).text("X-Author", longest=LONGEST_AUTHOR, required=False)


def parse_left_out(value: str | None) -> bool:
    """Return whether ``?without=logits`` asks for an answer without the logits.

    Raises:
        InvalidRequestError: If something else shall be left out.
    """
    if value not in (None, *LEFT_OUT):
        raise InvalidRequestError(
            "field_invalid",
            f"without must be {' or '.join(LEFT_OUT)}, got {value!r}",
            "leave it out to get everything",
        )
    return value is not None


def parse_restore_request(values: Any) -> int | None:
    """Return the revision that shall come back; ``None`` asks for the last one.

    Raises:
        InvalidRequestError: If it is no whole number.
    """
    body = JsonObject(values)
    return None if body.raw("revision") is None else body.integer("revision")


def format_version(version: AnnotationVersion) -> dict[str, Any]:
    """Return one version of an annotation's history as JSON."""
    return {
        **format_annotation(version.annotation),
        "is_deleted": version.annotation.is_deleted,
        "change": version.change.value,
        "changed_by": version.changed_by,
    }


def format_annotation(annotation: Annotation) -> dict[str, Any]:
    """Return an annotation as JSON; in lists ``low_res_logits`` is null."""
    content = annotation.content
    return {
        "id": annotation.id,
        "image_id": annotation.image_id,
        "category_id": content.category_id,
        **format_mask(content.mask, annotation.measures),
        **format_details(content.details),
        "effort": format_effort(content.effort),
        "origin": content.origin.value if content.origin else None,
        "model_id": content.model_id,
        "predicted_iou": content.predicted_iou,
        "prompts": format_prompts(content.prompts),
        "low_res_logits": format_logits(content.low_res_logits),
        "has_logits": annotation.has_logits,
        "author": content.author,
        "client_key": content.client_key,
        "created_at": annotation.created_at,
        "updated_at": annotation.updated_at,
        "revision": annotation.revision,
    }


def format_mask(mask: CocoRle, measures: MaskMeasures) -> dict[str, Any]:
    """Return a mask in the words of COCO."""
    return {
        "segmentation": mask.to_coco(),
        "area": measures.area,
        "bbox": list(measures.bbox_xywh),
    }


def _parse_changes(body: JsonObject, present: ObjectDetails) -> AnnotationChanges:
    changes = AnnotationChanges()
    if "category_id" in body:
        changes["category_id"] = body.integer("category_id")
    if "segmentation" in body:
        changes["mask"] = _parse_mask(JsonObject(body.raw("segmentation"), "segmentation."))
    if "prompts" in body:
        changes["prompts"] = parse_prompts(body.child("prompts") or JsonObject({}))
    if "low_res_logits" in body:
        changes["low_res_logits"] = parse_logits(body.child("low_res_logits"))
    if "model_id" in body:
        model_id = body.text("model_id", longest=LONGEST_MODEL_ID, required=False)
        changes["model_id"] = model_id or None
    if "predicted_iou" in body:
        is_given = body.raw("predicted_iou") is not None
        changes["predicted_iou"] = body.number("predicted_iou") if is_given else None
    if "author" in body:
        changes["author"] = body.text("author", longest=LONGEST_AUTHOR, required=False)
    if any(name in body for name in DETAIL_FIELDS):
        changes["details"] = parse_details(body, present)
    _parse_making(body, changes)
    return changes


def _parse_making(body: JsonObject, changes: AnnotationChanges) -> None:
    if "effort" in body:
        changes["effort"] = parse_effort(body.child("effort"))
    if "origin" in body:
        changes["origin"] = _parse_origin(body)


def _parse_origin(body: JsonObject) -> Origin | None:
    name = body.text("origin", longest=LONGEST_MODEL_ID, required=False)
    if name not in ("", *Origin):
        raise InvalidRequestError(
            "field_invalid",
            f"origin must be null or one of {', '.join(Origin)}, got {name!r}",
            "leave it out for masks made by a person",
        )
    return Origin(name) if name else None


def _parse_client_key(body: JsonObject) -> str | None:
    if body.raw("client_key") is None:
        return None
    key = body.text("client_key", longest=LONGEST_CLIENT_KEY)
    try:
        return str(UUID(key))
    except ValueError:
        raise InvalidRequestError(
            "field_invalid",
            f"client_key must be a UUID, got {key!a}",
            "make a random one for every new annotation",
        ) from None


def _parse_mask(body: JsonObject) -> CocoRle:
    size = [check_integer(side, "segmentation.size") for side in body.items("size")]
    counts = body.raw("counts")
    if len(size) != 2 or not isinstance(counts, str):
        raise InvalidRequestError(
            "field_invalid",
            "segmentation must be a compressed COCO RLE: "
            '{"size": [height, width], "counts": text}, got something else',
            "encode the mask with the COCO run-length code",
        )
    return CocoRle(size[0], size[1], counts)
