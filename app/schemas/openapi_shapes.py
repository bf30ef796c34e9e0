"""How shapes of JSON are written down in the OpenAPI document."""

from enum import StrEnum
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
ANYTHING: Schema = {"type": "object"}
ID: Schema = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
COUNT: Schema = {"type": "integer", "minimum": 0}
INTEGER: Schema = {"type": "integer"}


def text(longest: int, **more: Any) -> Schema:
    """Return the schema of a text with a limit."""
    return {"type": "string", "maxLength": longest, **more}


def nullable(schema: Schema) -> Schema:
    """Return the schema of a value that may be null."""
    return {"anyOf": [schema, {"type": "null"}]}


def listing(schema: Schema, **more: Any) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": schema, **more}


def thing(required: dict[str, Schema], **optional: Schema) -> Schema:
    """Return the schema of an object; it may have more fields than it names."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": sorted(required),
    }


def ref(name: str) -> Schema:
    """Return a reference to the document's components."""
    return {"$ref": f"#/components/schemas/{name}"}


def words(kind: type[StrEnum]) -> Schema:
    """Return the schema of a text that is one of some words."""
    return {"type": "string", "enum": [word.value for word in kind]}
