"""The decoder in Python equals the predictor on the stored features."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from flask.testing import FlaskClient

from app.context import AppContext
from app.domain.embedding import Crop
from app.domain.prompts import Point, Prompts
from app.errors import ConflictError, UnprocessableError
from app.services.embedding_file import load_embedding
from sam_core.masks.rle import decode_rle
from sam_core.predictor import SamPredictor
from sam_core.prompts import BoxPrompt, PointPrompt, PromptSet
from tests.helpers.app_fixtures import wait_for_state


def test_a_click_gives_what_the_predictor_gives_on_half_precision_features(
    context: AppContext, ready_image_id: int
) -> None:
    image = context.images.get(ready_image_id)
    result = context.decoding.decode(image, Prompts((Point(20.5, 12.5, 1),)), None)
    predictor = SamPredictor(context.model.sam)
    predictor.set_image(np.asarray(context.versions.upright(image)))
    # The published interface counts pixel indices: the centre 20.5 is the index 20, moved to
    # the scaled grid, where our rule keeps pixel centres.
    index = np.array([[20.5, 12.5]]) - 0.5 / (64 / 48)
    masks, scores, _ = predictor.predict(index, np.array([1]))
    best = int(np.argmax(scores))
    found = decode_rle(result.candidates[0].mask.to_coco())
    assert float((found == masks[best]).mean()) > 0.99
    assert result.candidates[0].predicted_iou == pytest.approx(float(scores[best]), abs=1e-2)


def test_a_few_embeddings_are_kept_in_memory(context: AppContext, ready_image_id: int) -> None:
    image = context.images.get(ready_image_id)
    prompts = Prompts((Point(20.5, 12.5, 1),))
    first = context.decoding.decode(image, prompts, None)
    path = context.embeddings.file(image).path
    content = path.read_bytes()
    path.write_bytes(b"damaged")
    assert context.decoding.decode(image, prompts, None).candidates == first.candidates
    path.write_bytes(content)


def damage_all(content: bytes) -> bytes:
    return b"damaged"


def damage_header(content: bytes) -> bytes:
    # As long as it says, but no reader knows such a type.
    return content.replace(b'"F16"', b'"X16"')


@pytest.mark.parametrize("damage", [damage_all, damage_header])
def test_a_damaged_embedding_is_computed_again(
    client: FlaskClient,
    context: AppContext,
    ready_image_id: int,
    damage: Callable[[bytes], bytes],
) -> None:
    image = context.images.get(ready_image_id)
    path = context.embeddings.file(image).path
    content = path.read_bytes()
    path.write_bytes(damage(content))
    with pytest.raises(ConflictError, match="must be ready"):
        context.decoding.decode(image, Prompts((Point(1, 1, 1),)), None)
    context.embeddings.request(image)
    wait_for_state(client, ready_image_id, "ready")
    assert len(path.read_bytes()) == len(content)
    assert context.decoding.decode(image, Prompts((Point(1, 1, 1),)), None).candidates


PART = Crop(8, 5, 32, 24)


def ready_part(client: FlaskClient, context: AppContext, image_id: int) -> None:
    """Have the part of the image encoded."""
    address = f"/api/images/{image_id}/embedding"
    query = {"crop": "8,5,32,24"}
    client.post(address, query_string=query)
    deadline = time.monotonic() + 60
    while client.get(f"{address}/state", query_string=query).json["state"] != "ready":
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_part_answers_as_an_image_of_its_own_and_its_mask_lies_on_the_whole(
    client: FlaskClient, context: AppContext, ready_image_id: int
) -> None:
    ready_part(client, context, ready_image_id)
    image = context.images.get(ready_image_id)
    prompts = Prompts((Point(20.5, 12.5, 1),), (10.0, 6.0, 30.0, 20.0))
    result = context.decoding.decode(image, prompts, None, PART)
    left, top, right, bottom = PART.box_xyxy
    predictor = SamPredictor(context.model.sam)
    features = load_embedding(context.embeddings.file(image, PART).path)
    predictor.set_features(features, (PART.height, PART.width))
    own = predictor.predict_prompts(
        PromptSet((PointPrompt(12.5, 7.5, 1),), BoxPrompt(2.0, 1.0, 22.0, 15.0), None)
    )
    found = decode_rle(result.candidates[0].mask.to_coco())
    assert found.shape == image.size_hw
    assert np.array_equal(found[top:bottom, left:right], own.masks[0])
    assert int(found.sum()) == int(own.masks[0].sum())
    logits = np.frombuffer(result.candidates[0].low_res_logits.data, dtype="<f2")
    again = context.decoding.decode(image, prompts, result.candidates[0].low_res_logits, PART)
    assert logits.size == again.candidates[0].low_res_logits.height ** 2


@pytest.mark.parametrize(
    "prompts",
    [Prompts((Point(7.5, 12.5, 1),)), Prompts((), (10.0, 6.0, 41.0, 20.0))],
)
def test_prompts_beside_the_part_that_answers_are_refused(
    context: AppContext, ready_image_id: int, prompts: Prompts
) -> None:
    image = context.images.get(ready_image_id)
    with pytest.raises(UnprocessableError, match="must lie on the part"):
        context.decoding.decode(image, prompts, None, PART)


def test_a_part_that_was_not_encoded_is_asked_for_first(
    context: AppContext, ready_image_id: int
) -> None:
    image = context.images.get(ready_image_id)
    with pytest.raises(ConflictError, match="must be ready"):
        context.decoding.decode(image, Prompts((Point(20, 12, 1),)), None, PART)
