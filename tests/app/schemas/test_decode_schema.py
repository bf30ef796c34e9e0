"""Decoder requests and answers."""

from __future__ import annotations

import pytest

from app.domain.annotation import MaskMeasures
from app.domain.candidate import Candidate, DecodeResult
from app.domain.embedding import Crop
from app.domain.prompts import LowResLogits
from app.errors import InvalidRequestError, UnprocessableError
from app.schemas.decode_schema import format_decode_result, parse_decode_request
from tests.helpers.app_fixtures import mask_json, rectangle_mask


def test_a_point_or_a_box_is_enough() -> None:
    assert (
        parse_decode_request({"points": [{"x": 1, "y": 2, "label": 1}]}, (32, 48)).mask_input
        is None
    )
    assert parse_decode_request({"box": [0, 0, 1, 1]}, (32, 48)).prompts.box_xyxy == (0, 0, 1, 1)


@pytest.mark.parametrize("body", [{}, {"points": []}, {"points": None, "box": None}])
def test_no_prompt_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(UnprocessableError, match="prompts must hold a point or a box, got none"):
        parse_decode_request(body, (32, 48))


def test_candidates_are_formatted_in_their_order() -> None:
    measures = MaskMeasures(120, (5, 4, 15, 8))
    candidates = tuple(
        Candidate(rectangle_mask(), measures, score, LowResLogits(1, 1, b"\0\0"))
        for score in (0.9, 0.5)
    )
    answer = format_decode_result(DecodeResult(candidates, "0123456789abcdef", 12.5))
    assert [one["predicted_iou"] for one in answer["candidates"]] == [0.9, 0.5]
    assert answer["candidates"][0] == {
        "predicted_iou": 0.9,
        "segmentation": mask_json(),
        "area": 120,
        "bbox": [5, 4, 15, 8],
        "low_res_logits": {"shape": [1, 1], "data": "AAA="},
    }


def test_a_part_of_the_image_may_answer() -> None:
    body = {"box": [0, 0, 1, 1], "crop": [0, 0, 16, 32]}
    assert parse_decode_request(body, (32, 48)).crop == Crop(0, 0, 16, 32)
    assert parse_decode_request({"box": [0, 0, 1, 1], "crop": None}, (32, 48)).crop is None
    with pytest.raises(InvalidRequestError, match="crop must be"):
        parse_decode_request({"box": [0, 0, 1, 1], "crop": [0, 0, 49, 32]}, (32, 48))
