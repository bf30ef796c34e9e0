"""Reviews and assignments as JSON."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.review import Assignment, NewReview, Review, Verdict
from app.errors import InvalidRequestError
from app.schemas.review_schema import (
    AssignmentWish,
    format_assignment,
    format_review,
    parse_assignment,
    parse_review,
)


def test_a_verdict_may_be_about_an_object_or_the_image() -> None:
    assert parse_review({"verdict": "accepted"}, "R") == NewReview(None, Verdict.ACCEPTED, "", "R")
    about = parse_review({"verdict": "rejected", "comment": " why ", "annotation_id": 3}, "R")
    assert about == NewReview(3, Verdict.REJECTED, "why", "R")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "verdict must be"),
        ({"verdict": "good"}, "verdict must be one of accepted, rejected, withdrawn"),
        ({"verdict": "rejected"}, "a rejection must have a comment"),
        ({"verdict": "rejected", "comment": "  "}, "a rejection must have a comment"),
        ({"verdict": "accepted", "comment": "x" * 2001}, "comment must have at most 2000"),
        ({"verdict": "accepted", "annotation_id": "1"}, "annotation_id must be a whole number"),
    ],
)
def test_what_cannot_be_a_verdict_is_refused(body: Any, message: str) -> None:
    with pytest.raises(InvalidRequestError, match=message):
        parse_review(body, "R")


def test_images_are_named_once_each() -> None:
    assert parse_assignment({"image_ids": [3, 1, 3], "user_id": 2}) == AssignmentWish((1, 3), 2)
    assert parse_assignment({"image_ids": [1]}) == AssignmentWish((1,), None)
    for ids in ([], None, ["1"], list(range(10_001))):
        with pytest.raises(InvalidRequestError, match="image_ids must"):
            parse_assignment({"image_ids": ids})


def test_all_that_is_kept_is_told() -> None:
    new = NewReview(3, Verdict.REJECTED, "why", "R")
    review = format_review(Review(1, 2, new, "key", True, "2026-11-27T12:00:00.000Z"))
    assert review["annotation_id"] == 3
    assert (review["verdict"], review["comment"], review["author"]) == ("rejected", "why", "R")
    assert (review["client_key"], review["is_outdated"]) == ("key", True)
    assert format_assignment(Assignment(1, 2)) == {"image_id": 1, "user_id": 2}
