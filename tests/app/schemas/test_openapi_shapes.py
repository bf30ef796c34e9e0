"""Shapes of JSON are written as JSON Schema understands them."""

from __future__ import annotations

from jsonschema_rs import is_valid

from app.domain.image_record import ImageState
from app.schemas.openapi_shapes import COUNT, TEXT, listing, nullable, thing, words


def test_an_object_needs_what_is_required_and_may_have_more() -> None:
    schema = thing({"name": TEXT}, count=COUNT)
    assert is_valid(schema, {"name": "a", "other": []})
    assert not is_valid(schema, {"count": 1})
    assert not is_valid(schema, {"name": "a", "count": -1})


def test_lists_words_and_values_that_may_be_missing() -> None:
    assert is_valid(listing(nullable(words(ImageState))), ["done", None])
    assert not is_valid(listing(words(ImageState)), ["finished"])
