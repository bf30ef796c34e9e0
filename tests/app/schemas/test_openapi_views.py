"""Every view is described once, and by the shapes that exist."""

from __future__ import annotations

from app.schemas.openapi_components import COMPONENTS
from app.schemas.openapi_views import ANSWERS, FILES, REQUESTS, UPLOADS, WITHOUT_BODY


def test_a_view_sends_an_object_or_a_file() -> None:
    assert set(ANSWERS) & set(FILES) == set()


def test_a_view_takes_an_object_a_form_or_nothing() -> None:
    assert set(REQUESTS) & set(UPLOADS) == set()
    assert set(WITHOUT_BODY) & {*REQUESTS, *UPLOADS} == set()


def test_shapes_that_are_named_exist() -> None:
    assert {*ANSWERS.values(), *REQUESTS.values()} <= set(COMPONENTS)
