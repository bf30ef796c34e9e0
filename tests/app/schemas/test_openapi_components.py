"""The shapes of requests and answers."""

from __future__ import annotations

import re

import pytest
from jsonschema_rs import validator_for

from app.schemas.openapi_components import COMPONENTS
from app.schemas.openapi_shapes import ID, TEXT, listing, nullable, ref, text, thing


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_a_schema_and_names_only_others(name: str) -> None:
    validator_for({**ref(name), "components": {"schemas": COMPONENTS}})
    named = set(re.findall(r"#/components/schemas/(\w+)", str(COMPONENTS[name])))
    assert named <= set(COMPONENTS)


def test_the_words_that_they_are_made_of() -> None:
    schema = thing({"id": ID, "names": listing(text(3))}, note=nullable(TEXT))
    check = validator_for(schema)
    assert check.is_valid({"id": 1, "names": ["abc"], "note": None, "more": 1})
    for bad in ({"id": 0, "names": []}, {"id": 1}, {"id": 1, "names": ["abcd"]}):
        assert not check.is_valid(bad)
    assert ref("Image") == {"$ref": "#/components/schemas/Image"}
