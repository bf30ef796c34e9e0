"""The decoder route."""

from __future__ import annotations

import base64
import time
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from sam_core.masks.rle import decode_rle
from tests.helpers.app_fixtures import error_code

POINT = {"x": 20.5, "y": 12.5, "label": 1}
BACKGROUND = {"x": 40.5, "y": 30.5, "label": 0}


def decode(client: FlaskClient, image_id: int, **body: Any) -> Any:
    answer = client.post(f"/api/images/{image_id}/decode", json=body)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_one_point_gives_three_candidates_best_first(
    client: FlaskClient, ready_image_id: int
) -> None:
    candidates = decode(client, ready_image_id, points=[POINT], box=None)["candidates"]
    scores = [candidate["predicted_iou"] for candidate in candidates]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "prompts",
    [
        {"points": [POINT, BACKGROUND]},
        {"box": [5, 4, 30, 20]},
        {"points": [POINT], "box": [5, 4, 30, 20]},
    ],
)
def test_clear_prompts_give_one_candidate(
    client: FlaskClient, ready_image_id: int, prompts: dict[str, Any]
) -> None:
    assert len(decode(client, ready_image_id, **prompts)["candidates"]) == 1


def test_area_and_box_belong_to_the_mask(client: FlaskClient, ready_image_id: int) -> None:
    for candidate in decode(client, ready_image_id, points=[POINT])["candidates"]:
        mask = decode_rle(candidate["segmentation"])
        assert mask.shape == (32, 48)
        assert candidate["area"] == int(mask.sum())


def test_the_previous_logits_change_the_answer(client: FlaskClient, ready_image_id: int) -> None:
    first = decode(client, ready_image_id, points=[POINT])["candidates"][0]["low_res_logits"]
    with_mask = decode(client, ready_image_id, points=[POINT], mask_input=first)["candidates"]
    without = decode(client, ready_image_id, points=[POINT, POINT])["candidates"]
    assert len(with_mask) == 1
    assert with_mask[0]["low_res_logits"]["data"] != without[0]["low_res_logits"]["data"]


def test_the_same_request_gives_the_same_answer(client: FlaskClient, ready_image_id: int) -> None:
    first = decode(client, ready_image_id, points=[POINT])
    second = decode(client, ready_image_id, points=[POINT])
    assert first["candidates"] == second["candidates"]
    assert first["model_id"] == client.get("/api/health").json["model_id"]


def logits_json(side: int, value: float = 0.0) -> dict[str, Any]:
    data = np.full((side, side), value, dtype="<f2").tobytes()
    return {"shape": [side, side], "data": base64.b64encode(data).decode()}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "prompt_missing"),
        ({"points": [], "box": None}, 422, "prompt_missing"),
        ({"mask_input": logits_json(16)}, 422, "prompt_missing"),
        ({"points": [{"x": 1, "y": 2}]}, 400, "field_invalid"),
        ({"points": [{**POINT, "label": 2}]}, 400, "field_invalid"),
        ({"points": [{**POINT, "x": "1"}]}, 400, "field_invalid"),
        ({"points": [{**POINT, "x": True}]}, 400, "field_invalid"),
        ({"points": [{**POINT, "x": 10**400}]}, 400, "field_invalid"),
        ({"points": [[1, 2, 1]]}, 400, "field_invalid"),
        ({"points": "here"}, 400, "field_invalid"),
        ({"points": [POINT] * 501}, 422, "too_many_points"),
        ({"points": [{**POINT, "x": 49}]}, 422, "prompt_invalid"),
        ({"box": [1, 2, 3]}, 422, "box_invalid"),
        ({"box": []}, 422, "box_invalid"),
        ({"box": [9, 2, 3, 4]}, 422, "box_invalid"),
        ({"box": [1, 2, "3", 4]}, 400, "field_invalid"),
        ({"box": [100, 100, 200, 200]}, 422, "prompt_invalid"),
        ({"points": [POINT], "mask_input": logits_json(8)}, 422, "prompt_invalid"),
        ({"points": [POINT], "mask_input": logits_json(16, np.nan)}, 422, "logits_invalid"),
        (
            {"points": [POINT], "mask_input": {"shape": [16, 16], "data": "AAAA"}},
            422,
            "logits_invalid",
        ),
        (
            {"points": [POINT], "mask_input": {"shape": [16, 16], "data": "?"}},
            422,
            "logits_invalid",
        ),
        (
            {"points": [POINT], "mask_input": {"shape": [16, 10**9], "data": ""}},
            422,
            "logits_invalid",
        ),
        (
            {"points": [POINT], "mask_input": {"shape": [16, 16], "data": None}},
            422,
            "logits_invalid",
        ),
    ],
)
def test_bad_prompts_are_refused(
    client: FlaskClient, ready_image_id: int, body: dict[str, Any], status: int, code: str
) -> None:
    answer = client.post(f"/api/images/{ready_image_id}/decode", json=body)
    assert (answer.status_code, error_code(answer)) == (status, code)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_point_must_be_finite(client: FlaskClient, ready_image_id: int, number: str) -> None:
    body = f'{{"points": [{{"x": {number}, "y": 1, "label": 1}}]}}'
    answer = client.post(
        f"/api/images/{ready_image_id}/decode", data=body, content_type="application/json"
    )
    assert error_code(answer) == "field_invalid"


def test_decoding_before_the_embedding_is_a_conflict(client: FlaskClient, image_id: int) -> None:
    answer = client.post(f"/api/images/{image_id}/decode", json={"points": [POINT]})
    assert (answer.status_code, error_code(answer)) == (409, "embedding_not_ready")


def test_an_unknown_image_cannot_be_decoded(client: FlaskClient) -> None:
    answer = client.post("/api/images/99/decode", json={"points": [POINT]})
    assert error_code(answer) == "image_not_found"


def test_a_part_of_the_image_answers_where_it_is_named(
    client: FlaskClient, ready_image_id: int
) -> None:
    address = f"/api/images/{ready_image_id}"
    crop = [8, 4, 32, 24]
    early = client.post(f"{address}/decode", json={"points": [POINT], "crop": crop})
    assert (early.status_code, error_code(early)) == (409, "embedding_not_ready")
    client.post(f"{address}/embedding?crop=8,4,32,24")
    deadline = time.monotonic() + 60
    while client.get(f"{address}/embedding/state?crop=8,4,32,24").json["state"] != "ready":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    for candidate in decode(client, ready_image_id, points=[POINT], crop=crop)["candidates"]:
        mask = decode_rle(candidate["segmentation"])
        mask[4:28, 8:40] = False
        assert not mask.any()
    beside = client.post(f"{address}/decode", json={"points": [BACKGROUND], "crop": crop})
    assert (beside.status_code, error_code(beside)) == (422, "prompt_invalid")
    wrong = client.post(f"{address}/decode", json={"points": [POINT], "crop": [8, 4, 320, 24]})
    assert (wrong.status_code, error_code(wrong)) == (400, "field_invalid")
