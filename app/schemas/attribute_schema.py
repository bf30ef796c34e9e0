"""What is asked about the objects of a class, as JSON."""

import unicodedata
from collections.abc import Sequence
from typing import Any, NoReturn

from app.domain.attribute import Attribute, AttributeKind
from app.errors import InvalidRequestError
from app.schemas.json_object import FIELD_HINT, JsonObject

MAX_ATTRIBUTES = 50
MAX_CHOICES = 200
LONGEST_TEXT = 200


def parse_attributes(body: JsonObject) -> tuple[Attribute, ...]:
    """Return the checked field ``attributes`` of a category.

    Raises:
        InvalidRequestError: If one is malformed, or a name comes twice.
    """
    rows = body.items("attributes")
    if len(rows) > MAX_ATTRIBUTES:
        _refuse(f"attributes must be at most {MAX_ATTRIBUTES}, got {len(rows)}")
    attributes = tuple(
        _parse_attribute(JsonObject(row, f"attributes[{index}].")) for index, row in enumerate(rows)
    )
    names = [attribute.name for attribute in attributes]
    if len(set(names)) != len(names):
        _refuse(f"attributes must have different names, got {', '.join(names)}")
    return attributes


def format_attributes(attributes: Sequence[Attribute]) -> list[dict[str, Any]]:
    """Return attributes as JSON."""
    return [
        {"name": one.name, "kind": one.kind.value, "choices": list(one.choices)}
        for one in attributes
    ]


def _parse_attribute(body: JsonObject) -> Attribute:
    name = unicodedata.normalize("NFC", body.text("name", longest=LONGEST_TEXT))
    kind_text = body.text("kind", longest=20)
    try:
        kind = AttributeKind(kind_text)
    except ValueError:
        _refuse(f"kind must be one of {', '.join(AttributeKind)}, got {kind_text!a}")
    if kind is not AttributeKind.CHOICE:
        return Attribute(name, kind)
    rows = body.items("choices")
    choices = tuple(
        JsonObject({"choice": row}).text("choice", longest=LONGEST_TEXT) for row in rows
    )
    if not 0 < len(choices) <= MAX_CHOICES or len(set(choices)) != len(choices):
        _refuse(f"choices must be 1 to {MAX_CHOICES} different texts, got {len(choices)}")
    return Attribute(name, kind, choices)


def _refuse(message: str) -> NoReturn:
    raise InvalidRequestError("field_invalid", message, FIELD_HINT)
