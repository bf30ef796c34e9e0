from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from sam_core.errors import ImageError, ImageNotSetError, PromptError
from sam_core.modeling import Sam
from sam_core.modeling.hybrid_encoder import ImageFeatures
from sam_core.predictor import SamPredictor, decoder_inputs
from sam_core.prompts import BoxPrompt, MaskPrompt, PointPrompt, PromptSet
from tests.helpers.builders import noise_image, tiny_hybrid_sam, tiny_sam
from tests.helpers.tolerances import SINGLE_PRECISION

HEIGHT, WIDTH = 45, 61
CLICK = PointPrompt(20.5, 30.5, 1)
BOX = BoxPrompt(5.5, 6.5, 40.5, 30.5)


@pytest.fixture(params=[tiny_sam, tiny_hybrid_sam], scope="module")
def sam(request: pytest.FixtureRequest) -> Sam:
    build: Callable[[], Sam] = request.param
    return build()


@pytest.fixture
def predictor(sam: Sam) -> SamPredictor:
    predictor = SamPredictor(sam)
    predictor.set_image(noise_image(HEIGHT, WIDTH))
    return predictor


def test_image_leaves_what_the_published_package_leaves(predictor: SamPredictor) -> None:
    assert predictor.is_image_set
    assert predictor.original_size == (HEIGHT, WIDTH)
    assert predictor.input_size == (47, 64)
    assert predictor.get_image_embedding().shape == (1, 32, 4, 4)
    assert predictor.features is predictor.get_image_embedding()
    assert predictor.device.type == "cpu"


@pytest.mark.parametrize("count", [1, 3])
def test_outputs_have_image_size_and_low_resolution(predictor: SamPredictor, count: int) -> None:
    masks, iou, logits = predictor.predict(
        np.array([[10, 20]]), np.array([1]), multimask_output=count == 3
    )
    assert masks.shape == (count, HEIGHT, WIDTH)
    assert masks.dtype == np.bool_
    assert iou.shape == (count,)
    assert logits.shape == (count, 16, 16)


def test_logits_are_returned_on_request_and_their_sign_is_the_mask(
    predictor: SamPredictor,
) -> None:
    arguments: dict[str, Any] = {"box": np.array([5, 6, 40, 30])}
    logits, _, _ = predictor.predict(**arguments, return_logits=True)
    masks, _, _ = predictor.predict(**arguments)
    assert ((logits > 0) == masks).all()


def test_batch_gives_what_single_objects_give(predictor: SamPredictor) -> None:
    boxes = np.array([[5, 6, 40, 30], [20, 2, 60, 44]])
    batch = torch.from_numpy(predictor.transform.apply_boxes(boxes, (HEIGHT, WIDTH)))
    _, _, together = predictor.predict_torch(None, None, boxes=batch)
    for box, logits in zip(boxes, together, strict=True):
        _, _, alone = predictor.predict(box=box)
        np.testing.assert_allclose(logits.numpy(), alone, atol=SINGLE_PRECISION)


def test_bgr_image_gives_the_embedding_of_its_rgb_twin(sam: Sam) -> None:
    image = noise_image(HEIGHT, WIDTH)
    first, second = SamPredictor(sam), SamPredictor(sam)
    first.set_image(image)
    second.set_image(image[..., ::-1], image_format="BGR")
    assert torch.equal(first.get_image_embedding(), second.get_image_embedding())


def test_kept_features_predict_what_the_image_predicts(sam: Sam, predictor: SamPredictor) -> None:
    restored = SamPredictor(sam)
    features = ImageFeatures(predictor.get_image_embedding(), predictor.high_res_features)
    restored.set_features(features, (HEIGHT, WIDTH))
    prompts = PromptSet((CLICK,))
    for got, want in zip(
        restored.predict_prompts(prompts), predictor.predict_prompts(prompts), strict=True
    ):
        assert np.array_equal(got, want)


def test_features_in_half_precision_are_accepted(sam: Sam, predictor: SamPredictor) -> None:
    restored = SamPredictor(sam)
    half = tuple(level.half() for level in predictor.high_res_features)
    restored.set_features(
        ImageFeatures(predictor.get_image_embedding().half(), half), (HEIGHT, WIDTH)
    )
    assert restored.get_image_embedding().dtype == torch.float32


@pytest.mark.parametrize(
    "prompts",
    [PromptSet((CLICK,)), PromptSet((CLICK, PointPrompt(3, 4, 0))), PromptSet((CLICK,), BOX)],
)
def test_product_prompts_give_what_shifted_published_prompts_give(
    predictor: SamPredictor, prompts: PromptSet
) -> None:
    """Continuous x is the pixel index x * scale - 0.5; the published rule is index * scale."""
    coords, labels = prompts.coords_and_labels()
    height, width = predictor.input_size or (0, 0)
    published = coords - (0.5 * WIDTH / width, 0.5 * HEIGHT / height)
    points = len(prompts.points)
    masks, iou, logits = predictor.predict(
        published[:points],
        labels[:points],
        box=published[points:].reshape(-1) if prompts.box else None,
        multimask_output=prompts.is_ambiguous,
    )
    prediction = predictor.predict_prompts(prompts)
    np.testing.assert_allclose(prediction.low_res_logits, logits, atol=SINGLE_PRECISION)
    np.testing.assert_allclose(prediction.iou_predictions, iou, atol=SINGLE_PRECISION)
    assert (prediction.masks != masks).mean() < 1e-3


def test_our_model_holds_every_correction_at_image_size() -> None:
    predictor = SamPredictor(tiny_hybrid_sam())
    predictor.set_image(noise_image(90, 120))
    places = [(31, 20), (90, 71), (60, 44)]
    for labels in ((1, 0, 1), (0, 1, 0)):
        points = [
            PointPrompt(x + 0.5, y + 0.5, label)
            for (x, y), label in zip(places, labels, strict=True)
        ]
        product = predictor.predict_prompts(PromptSet(tuple(points))).masks[0]
        published = predictor.predict(np.array(places), np.array(labels), multimask_output=False)[0]
        for mask in (product, published[0]):
            assert [int(mask[y, x]) for x, y in places] == list(labels)


def test_mask_prompt_changes_the_answer_and_gives_one_mask(predictor: SamPredictor) -> None:
    first = predictor.predict_prompts(PromptSet((CLICK,)))
    again = predictor.predict_prompts(PromptSet((CLICK,), mask=MaskPrompt(first.low_res_logits[0])))
    assert first.masks.shape[0] == 3
    assert again.masks.shape[0] == 1
    single, _, logits = predictor.predict(
        np.array([[20, 30]]), np.array([1]), multimask_output=False
    )
    assert single.shape[0] == 1
    assert np.abs(again.low_res_logits - logits).max() > SINGLE_PRECISION


def test_mask_alone_is_a_prompt(predictor: SamPredictor) -> None:
    logits = np.random.default_rng(0).standard_normal((16, 16)).astype(np.float32)
    assert predictor.predict_prompts(PromptSet(mask=MaskPrompt(logits))).masks.shape[0] == 1


def test_box_may_come_as_the_only_row_of_an_array(predictor: SamPredictor) -> None:
    box = np.array([5, 6, 40, 30])
    _, _, row = predictor.predict(box=box[None, :], multimask_output=False)
    _, _, flat = predictor.predict(box=box, multimask_output=False)
    assert np.array_equal(row, flat)


def test_padding_point_stands_in_for_a_missing_box() -> None:
    coords, labels = decoder_inputs(PromptSet((CLICK,)), (45, 61), (47, 64))
    assert labels.tolist() == [[1, -1]]
    assert coords[0, 1].tolist() == [0, 0]
    _, labels = decoder_inputs(PromptSet((CLICK,), BOX), (45, 61), (47, 64))
    assert labels.tolist() == [[1, 2, 3]]


def test_prediction_without_an_image_says_what_to_do(sam: Sam) -> None:
    predictor = SamPredictor(sam)
    for ask in (predictor.get_image_embedding, predictor.predict):
        with pytest.raises(ImageNotSetError, match="got none; call set_image first"):
            ask()


def test_forgotten_image_is_gone(predictor: SamPredictor) -> None:
    predictor.reset_image()
    assert not predictor.is_image_set
    with pytest.raises(ImageNotSetError):
        predictor.get_image_embedding()


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.zeros((5, 5), np.uint8), r"shape \(height, width, 3\), got \(5, 5\); convert it"),
        (np.zeros((5, 5, 4), np.uint8), r"got \(5, 5, 4\)"),
        (np.zeros((0, 5, 3), np.uint8), r"got \(0, 5, 3\)"),
        (np.zeros((5, 5, 3), np.float32), "uint8 values from 0 to 255, got float32"),
    ],
)
def test_array_that_is_no_image_is_refused(sam: Sam, image: Any, message: str) -> None:
    with pytest.raises(ImageError, match=message):
        SamPredictor(sam).set_image(image)


def test_unknown_channel_order_is_refused(sam: Sam) -> None:
    with pytest.raises(ImageError, match='image_format must be "RGB" or "BGR", got \'HSV\''):
        SamPredictor(sam).set_image(noise_image(5, 5), image_format="HSV")


def test_refused_image_leaves_the_earlier_one(predictor: SamPredictor) -> None:
    with pytest.raises(ImageError, match="longer side of 64"):
        predictor.set_torch_image(torch.zeros(1, 3, 20, 30), (20, 30))
    assert predictor.original_size == (HEIGHT, WIDTH)


def test_features_of_another_model_are_refused(predictor: SamPredictor) -> None:
    with pytest.raises(ImageError, match=r"must have shape \(1, 32, 4, 4\), got \(1, 8, 4, 4\)"):
        predictor.set_features(ImageFeatures(torch.zeros(1, 8, 4, 4), ()), (HEIGHT, WIDTH))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"point_coords": np.zeros((2, 2))}, "points must have coordinates and labels, got only"),
        ({"point_labels": np.ones(2)}, "points must have coordinates and labels, got only"),
        (
            {"point_coords": np.zeros((3, 2)), "point_labels": np.ones(2)},
            "points must have one label each, got 3 points and 2 labels",
        ),
        (
            {"point_coords": np.zeros((2, 3)), "point_labels": np.ones(2)},
            r"point_coords must have shape \(2, 2\), got \(2, 3\)",
        ),
        (
            {"point_coords": np.full((1, 2), np.nan), "point_labels": np.ones(1)},
            "point_coords must be finite",
        ),
        ({"box": np.zeros((2, 4))}, r"box must have shape \(4,\), got \(2, 4\)"),
        ({"mask_input": np.zeros((1, 8, 8))}, r"mask_input must have shape \(1, 16, 16\)"),
    ],
)
def test_malformed_prompts_are_refused(
    predictor: SamPredictor, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(PromptError, match=message):
        predictor.predict(**arguments)


def test_points_without_labels_are_refused_in_batches_too(predictor: SamPredictor) -> None:
    with pytest.raises(PromptError, match="point_labels must be given with point_coords"):
        predictor.predict_torch(torch.zeros(1, 1, 2), None)


def test_product_prompts_are_checked_against_image_and_model(predictor: SamPredictor) -> None:
    with pytest.raises(PromptError, match="inside the image of 61 x 45 pixels"):
        predictor.predict_prompts(PromptSet((PointPrompt(62, 4, 1),)))
    mask = MaskPrompt(np.zeros((8, 8), np.float32))
    with pytest.raises(PromptError, match=r"mask logits must have shape \(16, 16\)"):
        predictor.predict_prompts(PromptSet((CLICK,), mask=mask))
