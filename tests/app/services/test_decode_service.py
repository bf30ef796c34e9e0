"""The decoder in Python equals the predictor on the stored features."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from flask.testing import FlaskClient

from app.context import AppContext
from app.domain.prompts import Point, Prompts
from app.errors import ConflictError
from sam_core.masks.rle import decode_rle
from sam_core.predictor import SamPredictor
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
