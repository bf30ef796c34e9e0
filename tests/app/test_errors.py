"""The tree of errors."""

from __future__ import annotations

import pytest

from app import errors


def test_every_error_has_a_status_of_its_own() -> None:
    tree = [
        error
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.AppError)
    ]
    statuses = {error.__name__: error.status for error in tree if error.__base__ is errors.AppError}
    assert sorted(statuses.values()) == sorted(set(statuses.values()))
    for name, status in statuses.items():
        assert f"{name} " in (errors.__doc__ or "")
        assert f"  {status}  " in (errors.__doc__ or "")


def test_an_error_is_its_code_message_and_hint() -> None:
    error = errors.NotFoundError("thing_not_found", "the thing must exist, got 3", "look again")
    assert error.to_json() == {
        "code": "thing_not_found",
        "message": "the thing must exist, got 3",
        "hint": "look again",
    }
    assert str(error) == "the thing must exist, got 3"


def test_a_conflict_carries_what_is_saved() -> None:
    conflict = errors.RevisionConflictError("revision must be 2, got 1", current="saved")
    assert (conflict.status, conflict.code, conflict.current) == (409, "revision_conflict", "saved")
    with pytest.raises(errors.ConflictError):
        raise conflict
