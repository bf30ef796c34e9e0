"""What a person adds to a mask is checked."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.object_details import Effort, ObjectDetails
from app.errors import InvalidRequestError
from app.schemas.json_object import JsonObject
from app.schemas.object_details_schema import (
    format_details,
    format_effort,
    parse_details,
    parse_effort,
)

PRESENT = ObjectDetails({"age": 3.0}, 2, True, "old", 1.5)


def test_fields_that_are_not_named_stay() -> None:
    assert parse_details(JsonObject({}), PRESENT) == PRESENT
    changed = parse_details(JsonObject({"attributes": {"a": True, "b": None}}), PRESENT)
    assert changed == ObjectDetails({"a": True}, 2, True, "old", 1.5)
    nothing = {"attributes": None, "group_id": None, "iscrowd": None, "notes": None}
    nothing["z_order"] = None
    assert parse_details(JsonObject(nothing), PRESENT) == ObjectDetails()
    assert parse_details(JsonObject(format_details(PRESENT)), ObjectDetails()) == PRESENT


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"iscrowd": 2}, "iscrowd must be 0 or 1, got 2"),
        ({"group_id": "x"}, "group_id must be a whole number"),
        ({"z_order": "top"}, "z_order must be a finite number"),
        ({"notes": "n" * 4001}, "notes must have at most 4000 characters"),
        ({"attributes": []}, "attributes must be a JSON object"),
        ({"attributes": {"a": [1]}}, "attributes.a must be a finite number"),
        ({"attributes": {f"{n}": 1 for n in range(51)}}, "at most 50 answers, got 51"),
        ({"attributes": {"n" * 201: 1}}, "names of at most 200 characters"),
    ],
)
def test_malformed_details_are_refused(body: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidRequestError, match=reason):
        parse_details(JsonObject(body), ObjectDetails())


def test_effort_is_whole_numbers_from_zero() -> None:
    counts = {"clicks": 1, "undo_count": 2, "hand_edits": 3, "active_ms": 4}
    assert parse_effort(JsonObject(counts)) == Effort(1, 2, 3, 4)
    assert format_effort(Effort(1, 2, 3, 4)) == counts
    assert parse_effort(None) is format_effort(None) is None
    with pytest.raises(InvalidRequestError, match=r"effort\.clicks must be 0 or more, got -1"):
        parse_effort(JsonObject({**counts, "clicks": -1}))
    with pytest.raises(InvalidRequestError, match="active_ms must be a whole number"):
        parse_effort(JsonObject({**counts, "active_ms": 1.5}))
