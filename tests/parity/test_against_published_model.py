"""Our networks against the published implementation, with weights by formula.

The numbers were recorded by ``make_goldens.py`` in double precision, so that they are
the mathematics of the published model and not the rounding of one machine.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from sam_core import SamPredictor, sam_model_registry
from sam_core.modeling import Sam
from tests.helpers.fill_weights import fill_weights
from tests.helpers.tolerances import (
    EMBEDDING_RELATIVE,
    IOU_HEAD_ABSOLUTE,
    LOGIT_ABSOLUTE,
    MASK_IOU,
    RECORDED,
)
from tests.parity.cases import CASES, predict_arguments, synthetic_image
from tests.parity.make_goldens import EMBEDDING_STRIDE, LOGIT_STRIDE, TINY_IMAGE, VIT_B_IMAGE

HERE = Path(__file__).parent
Numbers = Mapping[str, NDArray[Any]]


def golden(name: str) -> Numbers:
    with np.load(HERE / f"{name}.npz") as file:
        return {key: file[key] for key in file.files}


def predictor_of(sam: Sam, image_size: tuple[int, int]) -> SamPredictor:
    predictor = SamPredictor(sam)
    predictor.set_image(synthetic_image(*image_size))
    return predictor


def predict_case(
    predictor: SamPredictor, case: str, image_size: tuple[int, int]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    side = predictor.model.prompt_encoder.mask_input_size[0]
    arguments: dict[str, Any] = predict_arguments(CASES[case], image_size, side)
    return predictor.predict(**arguments)


def overlap(got: NDArray[np.bool_], bits: NDArray[np.uint8]) -> float:
    """Return the smallest IoU of a mask with its recorded twin."""
    want = np.unpackbits(bits, count=got.size).reshape(got.shape).astype(bool)
    both, either = (got & want).sum(axis=(1, 2)), (got | want).sum(axis=(1, 2))
    return float((both / np.maximum(either, 1)).min())


@pytest.fixture(scope="module")
def tiny() -> Numbers:
    return golden("tiny")


@pytest.fixture(scope="module")
def tiny_double() -> SamPredictor:
    sam = sam_model_registry["tiny"]()
    fill_weights(sam)
    return predictor_of(sam.double(), TINY_IMAGE)


@pytest.fixture(scope="module")
def tiny_single() -> SamPredictor:
    sam = sam_model_registry["tiny"]()
    fill_weights(sam)
    return predictor_of(sam, TINY_IMAGE)


def test_tiny_embedding_equals_the_published_one(tiny: Numbers, tiny_double: SamPredictor) -> None:
    embedding = tiny_double.get_image_embedding()[0].numpy()
    np.testing.assert_allclose(embedding, tiny["embedding"], atol=RECORDED)


@pytest.mark.parametrize("case", CASES)
def test_tiny_predictions_equal_the_published_ones(
    case: str, tiny: Numbers, tiny_double: SamPredictor
) -> None:
    masks, iou, logits = predict_case(tiny_double, case, TINY_IMAGE)
    np.testing.assert_allclose(logits, tiny[f"{case}.logits"], atol=RECORDED)
    np.testing.assert_allclose(iou, tiny[f"{case}.iou"], atol=RECORDED)
    assert overlap(masks, tiny[f"{case}.mask_bits"]) == 1.0


@pytest.mark.parametrize("case", CASES)
def test_tiny_predictions_in_single_precision_stay_within_the_bars(
    case: str, tiny: Numbers, tiny_single: SamPredictor
) -> None:
    masks, iou, logits = predict_case(tiny_single, case, TINY_IMAGE)
    np.testing.assert_allclose(logits, tiny[f"{case}.logits"], atol=LOGIT_ABSOLUTE)
    np.testing.assert_allclose(iou, tiny[f"{case}.iou"], atol=IOU_HEAD_ABSOLUTE)
    assert overlap(masks, tiny[f"{case}.mask_bits"]) >= MASK_IOU


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_vit_b_equals_the_published_model_for_every_prompt() -> None:
    """One test, because encoding the image takes most of a minute."""
    recorded = golden("vit_b")
    sam = sam_model_registry["vit_b"]()
    fill_weights(sam)
    predictor = predictor_of(sam.double(), VIT_B_IMAGE)
    channel, row, column = EMBEDDING_STRIDE
    embedding = predictor.get_image_embedding()[0, ::channel, ::row, ::column].numpy()
    error = np.linalg.norm(embedding - recorded["embedding"])
    assert error <= EMBEDDING_RELATIVE * np.linalg.norm(recorded["embedding"])
    for case in CASES:
        masks, iou, logits = predict_case(predictor, case, VIT_B_IMAGE)
        sampled = logits[:, ::LOGIT_STRIDE, ::LOGIT_STRIDE]
        np.testing.assert_allclose(sampled, recorded[f"{case}.logits"], atol=LOGIT_ABSOLUTE)
        np.testing.assert_allclose(iou, recorded[f"{case}.iou"], atol=IOU_HEAD_ABSOLUTE)
        assert overlap(masks, recorded[f"{case}.mask_bits"]) >= MASK_IOU, case


@pytest.mark.parametrize("name", ["default", "vit_b", "vit_l", "vit_h"])
def test_keys_and_shapes_are_the_published_ones_in_order(name: str) -> None:
    with gzip.open(HERE / "published_layouts.json.gz") as file:
        published = json.load(file)[name]
    with torch.device("meta"):
        state = sam_model_registry[name]().state_dict()
    assert [(key, list(value.shape)) for key, value in state.items()] == list(published.items())
