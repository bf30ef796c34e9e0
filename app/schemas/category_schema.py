"""Categories as JSON."""

import re
import unicodedata
from dataclasses import replace
from typing import Any

from app.domain.category import Category, CategoryContent, Pattern
from app.errors import InvalidRequestError
from app.schemas.attribute_schema import format_attributes, parse_attributes
from app.schemas.json_object import JsonObject

LONGEST_NAME = 200
_COLOR = re.compile(r"#[0-9a-f]{6}")


def parse_category(values: Any, present: CategoryContent | None = None) -> CategoryContent:
    """Return the checked content of a category.

    Args:
        values: Parsed JSON.
        present: What is saved, for a change that names only some fields.

    Raises:
        InvalidRequestError: If a field is missing, empty, too long or malformed.
    """
    body = JsonObject(values)
    content = present or CategoryContent(name="")
    if present is None or "name" in body:
        content = replace(content, name=_name(body, "name", required=True))
    if "supercategory" in body:
        supercategory = _name(body, "supercategory", required=False)
        content = replace(content, supercategory=supercategory)
    if body.raw("color") is not None:
        content = replace(content, color=_parse_color(body))
    if body.raw("attributes") is not None:
        content = replace(content, attributes=parse_attributes(body))
    if body.raw("pattern") is not None:
        content = replace(content, pattern=body.choice("pattern", Pattern))
    return content


def format_category(category: Category) -> dict[str, Any]:
    """Return a category as JSON."""
    content = category.content
    return {
        "id": category.id,
        "project_id": category.project_id,
        "name": content.name,
        "supercategory": content.supercategory,
        "color": content.color,
        "pattern": content.pattern.value,
        "attributes": format_attributes(content.attributes),
    }


def _name(body: JsonObject, field: str, *, required: bool) -> str:
    # One spelling per name: "é" can be written with one sign or with two.
    return unicodedata.normalize("NFC", body.text(field, longest=LONGEST_NAME, required=required))


def _parse_color(body: JsonObject) -> str:
    color = body.text("color", longest=20).lower()
    if _COLOR.fullmatch(color) is None:
        raise InvalidRequestError(
            "field_invalid", f"color must look like #e69f00, got {color!r}", "choose it again"
        )
    return color
