"""Attributes as text and back."""

from __future__ import annotations

from app.domain.attribute import Attribute, AttributeKind
from app.storage.attribute_rows import format_attributes, parse_attributes


def test_attributes_survive() -> None:
    asked = (
        Attribute("Größe", AttributeKind.CHOICE, ("S", "奶")),
        Attribute("age", AttributeKind.NUMBER),
    )
    assert parse_attributes(format_attributes(asked)) == asked
    assert parse_attributes(format_attributes(())) == ()
