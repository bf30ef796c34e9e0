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

KEY = "7b0c4f0e-52a1-4d0e-9c1e-0d6b3f5a9e11"


def test_only_category_and_mask_must_be_given() -> None:
    content = parse_new_annotation({"category_id": 3, "segmentation": mask_json(), "extra": 1})
    assert (content.category_id, content.mask) == (3, rectangle_mask())
    assert (content.low_res_logits, content.model_id, content.author) == (None, None, "")


def test_a_change_holds_only_what_was_named() -> None:
    assert parse_annotation_changes({}) == {}
    assert parse_annotation_changes({"author": " Ada ", "client_key": KEY}) == {"author": "Ada"}


def test_a_client_key_is_a_uuid_in_its_one_spelling() -> None:
    body = {"category_id": 3, "segmentation": mask_json()}
    assert parse_new_annotation({**body, "client_key": KEY.upper()}).client_key == KEY
    assert parse_new_annotation({**body, "client_key": None}).client_key is None
    with pytest.raises(InvalidRequestError, match="client_key must be a UUID, got 'a5'"):
        parse_new_annotation({**body, "client_key": "a5"})


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
