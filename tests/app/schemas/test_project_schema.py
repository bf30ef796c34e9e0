"""Projects as JSON."""

from __future__ import annotations

import pytest

from app.domain.project import OverlapPolicy, ProjectChanges
from app.errors import InvalidRequestError
from app.schemas.project_schema import (
    parse_project_changes,
    parse_project_id,
    parse_project_name,
)


def test_a_name_has_one_spelling() -> None:
    assert parse_project_name({"name": " Ka\u0308fer "}) == "Käfer"


def test_a_change_names_what_it_changes() -> None:
    assert parse_project_changes({"name": "B"}) == ProjectChanges(name="B")
    assert parse_project_changes({"overlap": "exclusive"}) == ProjectChanges(
        overlap=OverlapPolicy.EXCLUSIVE
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "a change must name a field, got none"),
        ({"overlap": "both"}, "overlap must be allowed or exclusive, got 'both'"),
        ({"overlap": None}, "overlap must"),
        ({"name": ""}, "name must"),
    ],
)
def test_a_change_that_is_none_is_refused(values: object, message: str) -> None:
    with pytest.raises(InvalidRequestError, match=message):
        parse_project_changes(values)


def test_an_id_is_read_from_the_address() -> None:
    assert parse_project_id("12") == 12
    assert parse_project_id(None) is None


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "٣", "9" * 30])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequestError, match="project must be the id of a project"):
        parse_project_id(text)
