"""Projects as JSON."""

from __future__ import annotations

import pytest

from app.errors import InvalidRequestError
from app.schemas.project_schema import parse_project_id, parse_project_name


def test_a_name_has_one_spelling() -> None:
    assert parse_project_name({"name": " Ka\u0308fer "}) == "Käfer"


def test_an_id_is_read_from_the_address() -> None:
    assert parse_project_id("12") == 12
    assert parse_project_id(None) is None


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "٣", "9" * 30])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequestError, match="project must be the id of a project"):
        parse_project_id(text)
