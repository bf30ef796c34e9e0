"""Models are described with all of their fields."""

from __future__ import annotations

from dataclasses import fields

from app.domain.model_version import Lesson, ModelChoice
from app.schemas.model_schema import format_choices
from app.schemas.openapi_model_components import MODEL_COMPONENTS


def test_lessons_and_choices_are_described_whole() -> None:
    assert set(MODEL_COMPONENTS["Lesson"]["properties"]) == {one.name for one in fields(Lesson)}
    answer = format_choices([ModelChoice("m", "tiny", None, True)], None)
    listed = MODEL_COMPONENTS["Models"]["properties"]
    assert set(listed) == set(answer)
    assert set(listed["models"]["items"]["properties"]) == set(answer["models"][0])
