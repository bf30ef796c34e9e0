"""The attributes of a category as text and back."""

import json
from collections.abc import Sequence

from app.domain.attribute import Attribute, AttributeKind


def format_attributes(attributes: Sequence[Attribute]) -> str | None:
    """Return the text of a row; ``None`` for a category without attributes."""
    rows = [[one.name, one.kind.value, list(one.choices)] for one in attributes]
    return json.dumps(rows, ensure_ascii=False) if rows else None


def parse_attributes(text: str | None) -> tuple[Attribute, ...]:
    """Return the attributes that a row holds."""
    rows = json.loads(text or "[]")
    return tuple(Attribute(name, AttributeKind(kind), tuple(of)) for name, kind, of in rows)
