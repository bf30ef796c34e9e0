"""Learning as JSON."""

from __future__ import annotations

from dataclasses import fields

import pytest

from app.domain.tuning import TuningMaterial, TuningRequest, TuningState
from app.errors import InvalidRequestError
from app.schemas.openapi_model_components import MODEL_COMPONENTS
from app.schemas.tuning_schema import format_material, format_tuning_state, parse_tuning_request


def test_minutes_may_be_left_out() -> None:
    assert parse_tuning_request({"project_id": 3}) == TuningRequest(3, 10)
    assert parse_tuning_request({"resume": True}) is None
    assert parse_tuning_request({"project_id": 3, "minutes": 0.5}) == TuningRequest(3, 0.5)


@pytest.mark.parametrize(
    "body",
    [{}, {"project_id": "x"}, {"project_id": 1, "minutes": 0}, {"project_id": 1, "minutes": 1e9}],
)
def test_impossible_requests_are_refused(body: dict[str, object]) -> None:
    with pytest.raises(InvalidRequestError):
        parse_tuning_request(body)


def test_answers_have_the_fields_that_are_described() -> None:
    material = TuningMaterial(8, 40, 2, 10, ((1, 50),), 3)
    lessons = format_material(material)
    assert set(lessons) == set(MODEL_COMPONENTS["Lessons"]["properties"])
    assert lessons["by_category"] == [{"category_id": 1, "mask_count": 50}]
    answer = format_tuning_state(TuningState(material=material))
    assert set(answer) == set(MODEL_COMPONENTS["Tuning"]["properties"])
    assert len(answer) == len(fields(TuningState))
    assert (answer["state"], answer["project_id"], answer["material"]) == ("none", None, lessons)
