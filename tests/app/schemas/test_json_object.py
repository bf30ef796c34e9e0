"""Fields of JSON objects."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.project import OverlapPolicy
from app.errors import AppError, InvalidRequestError
from app.schemas.json_object import JsonObject, check_integer, check_number

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=40)
@given(value=json_values)
def test_any_value_is_read_or_refused_with_a_code(value: object) -> None:
    body = JsonObject({"field": value})
    readers = (
        lambda: body.text("field", longest=5),
        lambda: body.choice("field", OverlapPolicy),
        lambda: body.integer("field"),
        lambda: body.number("field"),
        lambda: body.items("field"),
        lambda: body.child("field"),
    )
    for read in readers:
        try:
            read()
        except AppError as error:
            assert error.status == 400  # noqa: PT017 -- only the refusal is looked at


@settings(max_examples=40)
@given(value=json_values)
def test_only_objects_are_objects(value: object) -> None:
    if isinstance(value, dict):
        assert ("x" in JsonObject(value)) is ("x" in value)
    else:
        with pytest.raises(InvalidRequestError, match="the request body must be a JSON object"):
            JsonObject(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, True, "1", None, [1], 10**400])
def test_these_are_no_numbers(value: object) -> None:
    with pytest.raises(InvalidRequestError, match="size must be a finite number, got"):
        check_number(value, "size")


@pytest.mark.parametrize("value", [1.0, True, "1", None, 2**63, -(2**63)])
def test_these_are_no_whole_numbers(value: object) -> None:
    with pytest.raises(InvalidRequestError, match="size must be a whole number, got"):
        check_integer(value, "size")


def test_a_switch_is_on_or_off() -> None:
    body = JsonObject({"a": True, "b": False, "c": 1})
    assert [body.flag(name) for name in ("a", "b", "missing")] == [True, False, False]
    with pytest.raises(InvalidRequestError, match="c must be true or false, got 1"):
        body.flag("c")


def test_names_of_nested_fields_are_told_in_full() -> None:
    child = JsonObject({"outer": {"inner": "x"}}).child("outer")
    assert child is not None
    with pytest.raises(InvalidRequestError, match=r"outer\.inner must be a finite number"):
        child.number("inner")


def test_long_wrong_values_are_shortened_in_the_message() -> None:
    with pytest.raises(InvalidRequestError) as caught:
        check_number("x" * 10_000, "size")
    assert len(caught.value.message) < 120


def test_missing_optional_fields_are_empty() -> None:
    body = JsonObject({})
    assert body.text("a", longest=3, required=False) == ""
    assert body.items("a") == []
    assert body.child("a") is None
    assert body.raw("a") is None


@pytest.mark.parametrize("value", ["a\0b", "\0", "\ud800"])
def test_signs_that_no_database_holds_are_refused(value: str) -> None:
    with pytest.raises(InvalidRequestError, match="name must be a text, got"):
        JsonObject({"name": value}).text("name", longest=9)


def test_a_choice_is_one_of_the_known_words() -> None:
    assert JsonObject({"field": " exclusive "}).choice("field", OverlapPolicy) == "exclusive"
    with pytest.raises(
        InvalidRequestError, match=r"box\.field must be allowed or exclusive, got 'both'"
    ):
        JsonObject({"field": "both"}, "box.").choice("field", OverlapPolicy)
