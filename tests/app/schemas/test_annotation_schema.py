"""Annotations as JSON; the fields are tried one by one through the routes."""

from __future__ import annotations

import pytest

from app.errors import InvalidRequestError
from app.schemas.annotation_schema import (
    parse_annotation_changes,
    parse_new_annotation,
    parse_revision_header,
)
from tests.helpers.app_fixtures import mask_json, rectangle_mask


def test_only_category_and_mask_must_be_given() -> None:
    content = parse_new_annotation({"category_id": 3, "segmentation": mask_json(), "extra": 1})
    assert (content.category_id, content.mask) == (3, rectangle_mask())
    assert (content.low_res_logits, content.model_id, content.author) == (None, None, "")


def test_a_change_holds_only_what_was_named() -> None:
    assert parse_annotation_changes({}) == ({}, None)
    assert parse_annotation_changes({"author": " Ada ", "revision": 4}) == ({"author": "Ada"}, 4)


@pytest.mark.parametrize(
    ("header", "revision"),
    [(None, None), ("*", None), ('"3"', 3), ("3", 3), ('W/"12"', 12), (" 7 ", 7)],
)
def test_a_revision_header_is_read(header: str | None, revision: int | None) -> None:
    assert parse_revision_header(header) == revision


@pytest.mark.parametrize("header", ["", "x", '"-1"', "1, 2", "٣", "9" * 30])
def test_another_header_is_refused(header: str) -> None:
    with pytest.raises(InvalidRequestError, match="If-Match must be a revision number"):
        parse_revision_header(header)
