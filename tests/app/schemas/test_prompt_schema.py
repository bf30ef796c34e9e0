"""Points, boxes and logits survive the way through JSON."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.domain.prompts import HandEdit, LowResLogits, Point, Prompts
from app.errors import UnprocessableError
from app.schemas.json_object import JsonObject
from app.schemas.prompt_schema import format_logits, format_prompts, parse_logits, parse_prompts

finite = st.floats(allow_nan=False, allow_infinity=False)
points = st.lists(st.builds(Point, finite, finite, st.integers(0, 1)), max_size=4).map(tuple)
boxes = st.tuples(finite, finite, finite, finite).filter(lambda b: b[0] < b[2] and b[1] < b[3])
tools = st.sampled_from(["brush", "fill_holes"])
edits = st.lists(st.builds(HandEdit, tools, boxes), max_size=3).map(tuple)


@given(prompts=st.builds(Prompts, points, st.none() | boxes, edits))
def test_prompts_come_back(prompts: Prompts) -> None:
    sent = json.loads(json.dumps(format_prompts(prompts)))
    assert parse_prompts(JsonObject(sent)) == prompts


@given(
    values=arrays(
        np.float16, (3, 5), elements=st.floats(width=16, allow_nan=False, allow_infinity=False)
    )
)
def test_logits_come_back_bit_for_bit(values: np.ndarray) -> None:
    logits = LowResLogits(3, 5, values.astype("<f2").tobytes())
    sent = json.loads(json.dumps(format_logits(logits)))
    assert parse_logits(JsonObject(sent)) == logits


def test_no_logits_are_null() -> None:
    assert (format_logits(None), parse_logits(None)) == (None, None)


@pytest.mark.parametrize("shape", [[], [2], [2, 2, 2], [0, 2], [-1, 2], [2, 1025]])
def test_a_wrong_shape_is_refused(shape: list[int]) -> None:
    with pytest.raises(UnprocessableError, match="shape must be"):
        parse_logits(JsonObject({"shape": shape, "data": ""}))
