"""Categories as JSON."""

from __future__ import annotations

from dataclasses import replace

from app.domain.category import Category, CategoryContent, Pattern
from app.schemas.category_schema import format_category, parse_category

PRESENT = CategoryContent("car", "vehicle", "#010203")


def test_a_change_keeps_what_it_does_not_name() -> None:
    assert parse_category({"color": "#ABCDEF"}, PRESENT) == CategoryContent(
        "car", "vehicle", "#abcdef"
    )
    assert parse_category({}, PRESENT) == PRESENT
    assert parse_category({"supercategory": ""}, PRESENT).supercategory == ""


def test_what_is_formatted_can_be_sent_back() -> None:
    sent = format_category(Category(4, PRESENT))
    assert sent["id"] == 4
    assert parse_category(sent) == PRESENT
    striped = replace(PRESENT, pattern=Pattern.STRIPES_DOWN)
    assert parse_category(format_category(Category(4, striped))) == striped
    assert parse_category({"name": "x", "pattern": None}).pattern is Pattern.PLAIN
