"""The model as JSON."""

from __future__ import annotations

from app.domain.model_description import ModelDescription
from app.schemas.model_schema import format_model


def test_the_summary_is_a_line_for_people() -> None:
    model = ModelDescription(
        "0123456789abcdef", "vit_b", 1024, 256, 0.0, (("a", (1, 2)),), 93_735_472, "id-hash"
    )
    answer = format_model(model)
    assert answer["summary"] == "vit_b, 93.7 M parameters, 1024 px"
    assert answer["decoder_url"] == "/api/model/decoder.onnx?v=id-hash"
    assert answer["tensors"] == [{"name": "a", "shape": [1, 2]}]
