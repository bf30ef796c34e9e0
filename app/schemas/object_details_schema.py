"""What a person adds to a mask, and what the mask cost, as JSON."""

from dataclasses import asdict, replace
from typing import Any, NoReturn

from app.domain.attribute import AttributeValue
from app.domain.object_details import Effort, ObjectDetails
from app.errors import InvalidRequestError
from app.schemas.json_object import FIELD_HINT, JsonObject, check_number

DETAIL_FIELDS = ("attributes", "group_id", "iscrowd", "notes", "z_order")
LONGEST_NOTES = 4000
LONGEST_ATTRIBUTE = 200
MAX_ATTRIBUTES = 50


def parse_details(body: JsonObject, present: ObjectDetails) -> ObjectDetails:
    """Return the details with the fields that a request names.

    Raises:
        InvalidRequestError: If a field is malformed.
    """
    details = present
    if "attributes" in body:
        details = replace(details, attributes=_parse_attributes(body))
    if "group_id" in body:
        is_given = body.raw("group_id") is not None
        details = replace(details, group_id=body.integer("group_id") if is_given else None)
    if "iscrowd" in body:
        flag = body.raw("iscrowd")
        if flag not in (0, 1, None):
            _refuse("iscrowd", "0 or 1", flag)
        details = replace(details, is_crowd=bool(flag))
    if "notes" in body:
        notes = body.text("notes", longest=LONGEST_NOTES, required=False)
        details = replace(details, notes=notes)
    if "z_order" in body:
        is_given = body.raw("z_order") is not None
        details = replace(details, z_order=body.number("z_order") if is_given else 0)
    return details


def format_details(details: ObjectDetails) -> dict[str, Any]:
    """Return details as fields of an annotation."""
    return {
        "iscrowd": int(details.is_crowd),
        "attributes": dict(details.attributes),
        "group_id": details.group_id,
        "notes": details.notes,
        "z_order": details.z_order,
    }


def parse_effort(body: JsonObject | None) -> Effort | None:
    """Return what a mask cost; null stays ``None``.

    Raises:
        InvalidRequestError: If a number is missing, no whole number or negative.
    """
    if body is None:
        return None
    names = ("clicks", "undo_count", "hand_edits", "active_ms")
    counts = [body.integer(name) for name in names]
    for name, count in zip(names, counts, strict=True):
        if count < 0:
            _refuse(f"effort.{name}", "0 or more", count)
    return Effort(*counts)


def format_effort(effort: Effort | None) -> dict[str, int] | None:
    """Return what a mask cost as JSON; null if nobody measured."""
    return None if effort is None else asdict(effort)


def _parse_attributes(body: JsonObject) -> dict[str, AttributeValue]:
    values = body.raw("attributes")
    if values is None:
        return {}
    if not isinstance(values, dict):
        _refuse("attributes", "a JSON object", values)
    if len(values) > MAX_ATTRIBUTES:
        _refuse("attributes", f"at most {MAX_ATTRIBUTES} answers", len(values))
    fields = JsonObject(values, "attributes.")
    return {name: value for name in values if (value := _parse_answer(fields, name)) is not None}


def _parse_answer(fields: JsonObject, name: str) -> AttributeValue | None:
    value = fields.raw(name)
    if value is None or isinstance(value, bool):
        return value
    if len(name) > LONGEST_ATTRIBUTE:
        _refuse("attributes", f"names of at most {LONGEST_ATTRIBUTE} characters", name)
    if isinstance(value, str):
        return fields.text(name, longest=LONGEST_NOTES, required=False)
    return check_number(value, f"attributes.{name}")


def _refuse(name: str, wanted: str, got: object) -> NoReturn:
    shown = ascii(got)[:60]
    raise InvalidRequestError("field_invalid", f"{name} must be {wanted}, got {shown}", FIELD_HINT)
