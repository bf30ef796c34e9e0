from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from sam_core.modeling import Sam
from sam_core.predictor import SamPredictor
from tests.helpers.builders import noise_image, tiny_hybrid_sam, tiny_sam
from tests.helpers.tolerances import SINGLE_PRECISION

HEIGHT, WIDTH = 45, 61


@pytest.fixture(params=[tiny_sam, tiny_hybrid_sam], scope="module")
def sam(request: pytest.FixtureRequest) -> Sam:
    built: Sam = request.param()
    return built


def test_preprocess_normalises_and_pads_with_zeros(sam: Sam) -> None:
    pixels = torch.tensor([123.675, 116.28, 103.53]).reshape(3, 1, 1).expand(3, 40, 64)
    ready = sam.preprocess(pixels + sam.pixel_std)
    assert ready.shape == (3, 64, 64)
    torch.testing.assert_close(ready[:, :40], torch.ones(3, 40, 64))
    assert not ready[:, 40:].any()


def test_whole_numbers_are_pixels_too(sam: Sam) -> None:
    pixels = torch.from_numpy(noise_image(47, 64)).permute(2, 0, 1)
    torch.testing.assert_close(sam.preprocess(pixels), sam.preprocess(pixels.float()))


def test_batch_of_images_gives_what_the_predictor_gives(sam: Sam) -> None:
    predictor = SamPredictor(sam)
    records: list[dict[str, Any]] = []
    expected = []
    for seed in (0, 1):
        image = noise_image(HEIGHT, WIDTH, seed)
        predictor.set_image(image)
        box = np.array([5, 6, 40, 30 + seed])
        expected.append(predictor.predict(box=box, multimask_output=False))
        records.append(
            {
                "image": torch.from_numpy(predictor.transform.apply_image(image)).permute(2, 0, 1),
                "original_size": (HEIGHT, WIDTH),
                "boxes": torch.from_numpy(predictor.transform.apply_boxes(box, (HEIGHT, WIDTH))),
            }
        )
    for result, (masks, iou, logits) in zip(
        sam(records, multimask_output=False), expected, strict=True
    ):
        assert result["masks"].shape == (1, 1, HEIGHT, WIDTH)
        assert (result["masks"][0].numpy() != masks).mean() < 1e-3
        got = result["low_res_logits"][0].numpy()
        np.testing.assert_allclose(got, logits, atol=SINGLE_PRECISION)
        np.testing.assert_allclose(result["iou_predictions"][0].numpy(), iou, atol=1e-4)


def test_points_and_masks_are_taken_from_the_record(sam: Sam) -> None:
    record = {
        "image": torch.from_numpy(noise_image(47, 64)).permute(2, 0, 1),
        "original_size": (HEIGHT, WIDTH),
        "point_coords": torch.tensor([[[20.0, 30.0]], [[50.0, 3.0]]]),
        "point_labels": torch.tensor([[1], [1]]),
        "mask_inputs": torch.zeros(2, 1, 16, 16),
    }
    (result,) = sam([record], multimask_output=True)
    assert result["masks"].shape == (2, 3, HEIGHT, WIDTH)
    assert result["iou_predictions"].shape == (2, 3)


def test_constant_logits_stay_constant_at_image_size(sam: Sam) -> None:
    masks = sam.postprocess_masks(torch.full((1, 2, 16, 16), 3.0), (47, 64), (HEIGHT, WIDTH))
    assert masks.shape == (1, 2, HEIGHT, WIDTH)
    torch.testing.assert_close(masks, torch.full_like(masks, 3.0))


def test_logits_of_the_padding_do_not_reach_the_image(sam: Sam) -> None:
    logits = torch.zeros(1, 1, 16, 16)
    logits[..., 14:, :] = 100  # rows 56 to 63 of the model input, beyond 47
    assert not sam.postprocess_masks(logits, (47, 64), (HEIGHT, WIDTH)).any()


def test_model_knows_its_device_and_size(sam: Sam) -> None:
    assert sam.device == torch.device("cpu")
    assert sam.image_size == 64
    assert sam.image_format == "RGB"
    assert sam.mask_threshold == 0.0
    assert not {"pixel_mean", "pixel_std"} & sam.state_dict().keys()
