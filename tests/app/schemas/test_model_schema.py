"""Models as JSON."""

from __future__ import annotations

from app.domain.model_description import ModelDescription
from app.domain.model_version import ModelChoice
from app.schemas.model_schema import format_choices, format_model


def test_the_summary_is_a_line_for_people() -> None:
    model = ModelDescription(
        "0123456789abcdef",
        "fedcba9876543210",
        "vit_b",
        1024,
        256,
        0.0,
        (("a", (1, 2)),),
        93_735_472,
        "id-hash",
    )
    answer = format_model(model, ["a", "b"])
    assert answer["takes_logits_of"] == ["a", "b"]
    assert answer["summary"] == "vit_b, 93.7 M parameters, 1024 px"
    assert answer["decoder_url"] == "/api/model/decoder.onnx?v=id-hash"
    assert answer["tensors"] == [{"name": "a", "shape": [1, 2]}]


def test_the_model_of_the_settings_has_no_lesson() -> None:
    answer = format_choices([ModelChoice("m", "tiny", None, True)], None)
    (one,) = answer["models"]
    assert (one["name"], one["is_served"], one["problem"], one["lesson"]) == (
        "tiny",
        True,
        None,
        None,
    )
    assert answer["previous"] is None
