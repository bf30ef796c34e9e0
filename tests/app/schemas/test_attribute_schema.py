"""What is asked about objects is checked."""

from __future__ import annotations

import pytest

from app.domain.attribute import Attribute, AttributeKind
from app.errors import InvalidRequestError
from app.schemas.attribute_schema import format_attributes, parse_attributes
from app.schemas.json_object import JsonObject


def test_attributes_are_read_and_written() -> None:
    rows = [
        {"name": "colour", "kind": "choice", "choices": ["red", "blue"]},
        {"name": "age", "kind": "number", "choices": []},
    ]
    attributes = parse_attributes(JsonObject({"attributes": rows}))
    assert attributes[0] == Attribute("colour", AttributeKind.CHOICE, ("red", "blue"))
    assert format_attributes(attributes) == rows


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"name": "a", "kind": "date"}], "kind must be one of text, number, choice, flag"),
        ([{"name": "a", "kind": "choice"}], "choices must be 1 to 200 different texts, got 0"),
        ([{"name": "a", "kind": "choice", "choices": ["x", "x"]}], "different texts"),
        ([{"name": "a", "kind": "flag"}] * 2, "must have different names, got a, a"),
        ([{"name": "", "kind": "flag"}], r"attributes\[0\].name must be a text"),
        ([{"name": f"{n}", "kind": "flag"} for n in range(51)], "at most 50, got 51"),
    ],
)
def test_what_cannot_be_asked_is_refused(rows: list[object], reason: str) -> None:
    with pytest.raises(InvalidRequestError, match=reason):
        parse_attributes(JsonObject({"attributes": rows}))
