"""A failed answer becomes an error with its code, whatever stands in it."""

from __future__ import annotations

import pytest

from app.client.errors import ClientError, ConnectionFailedError, RevisionConflictError, refusal


def test_the_code_and_the_words_of_the_server_are_kept() -> None:
    error = refusal(404, {"error": {"code": "image_not_found", "message": "no", "hint": "reload"}})
    assert (error.code, error.message, error.hint, error.status) == (
        "image_not_found",
        "no",
        "reload",
        404,
    )
    assert str(error) == "image_not_found: no; reload"


def test_a_conflict_brings_what_is_saved() -> None:
    body = {"error": {"code": "revision_conflict", "message": "no"}, "current": {"revision": 3}}
    error = refusal(409, body)
    assert isinstance(error, RevisionConflictError)
    assert error.current == {"revision": 3}


@pytest.mark.parametrize("body", [None, "text", {}, {"error": "text"}])
def test_an_answer_of_another_program_is_an_error_too(body: object) -> None:
    assert (refusal(502, body).code, type(refusal(502, body))) == (
        "answer_unreadable",
        ClientError,
    )


def test_no_answer_is_told_apart() -> None:
    assert ConnectionFailedError("cut").status == 0
