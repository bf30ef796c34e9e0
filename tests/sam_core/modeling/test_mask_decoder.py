from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor

from sam_core.modeling import MaskDecoder
from tests.helpers.builders import tiny_hybrid_sam, tiny_sam

STRIDE4, STRIDE8 = torch.randn(1, 4, 16, 16), torch.randn(1, 8, 8, 8)


@pytest.fixture(scope="module")
def decoder() -> MaskDecoder:
    return tiny_sam().mask_decoder.eval().requires_grad_(False)


def arguments(prompts: int = 2) -> dict[str, Tensor]:
    random = torch.Generator().manual_seed(0)
    return {
        "image_embeddings": torch.randn(1, 32, 4, 4, generator=random),
        "image_pe": torch.randn(1, 32, 4, 4, generator=random),
        "sparse_prompt_embeddings": torch.randn(prompts, 3, 32, generator=random),
        "dense_prompt_embeddings": torch.randn(prompts, 32, 4, 4, generator=random),
    }


def test_all_tokens_answer_at_four_times_the_grid(decoder: MaskDecoder) -> None:
    masks, iou = decoder.predict_masks(**arguments())
    assert masks.shape == (2, 4, 16, 16)
    assert iou.shape == (2, 4)


@pytest.mark.parametrize(("multimask", "tokens"), [(False, slice(0, 1)), (True, slice(1, 4))])
def test_ambiguity_chooses_the_tokens(decoder: MaskDecoder, multimask: bool, tokens: slice) -> None:
    all_masks, all_iou = decoder.predict_masks(**arguments())
    masks, iou = decoder(**arguments(), multimask_output=multimask)
    torch.testing.assert_close(masks, all_masks[:, tokens])
    torch.testing.assert_close(iou, all_iou[:, tokens])


def test_prompts_of_one_image_do_not_see_each_other(decoder: MaskDecoder) -> None:
    both = arguments()
    second: dict[str, Any] = {
        key: value[1:] if value.shape[0] == 2 else value for key, value in both.items()
    }
    torch.testing.assert_close(
        decoder.predict_masks(**both)[0][1:], decoder.predict_masks(**second)[0]
    )


def test_several_images_have_their_prompts_in_a_row(decoder: MaskDecoder) -> None:
    both = arguments(prompts=4)
    images = torch.cat([both["image_embeddings"], both["image_embeddings"] + 1])
    masks, _ = decoder.predict_masks(**(both | {"image_embeddings": images}))
    third: dict[str, Any] = {
        "image_embeddings": images[1:],
        "image_pe": both["image_pe"],
        "sparse_prompt_embeddings": both["sparse_prompt_embeddings"][2:3],
        "dense_prompt_embeddings": both["dense_prompt_embeddings"][2:3],
    }
    torch.testing.assert_close(masks[2:3], decoder.predict_masks(**third)[0])


def test_high_resolution_maps_are_added_while_enlarging(decoder: MaskDecoder) -> None:
    plain, _ = decoder.predict_masks(**arguments())
    nothing = (torch.zeros_like(STRIDE4), torch.zeros_like(STRIDE8))
    same, _ = decoder.predict_masks(**arguments(), high_res_features=nothing)
    other, _ = decoder.predict_masks(**arguments(), high_res_features=(STRIDE4, STRIDE8))
    torch.testing.assert_close(same, plain)
    assert not torch.allclose(other, plain)


def test_quality_told_by_the_masks_stays_between_0_and_1() -> None:
    decoder = tiny_hybrid_sam().mask_decoder
    scaled = {key: 50 * value for key, value in arguments().items()}
    with torch.no_grad():
        _, iou = decoder.predict_masks(**scaled, high_res_features=(STRIDE4, STRIDE8))
    assert float(iou.min()) >= 0
    assert float(iou.max()) <= 1


def test_gradients_reach_every_weight() -> None:
    decoder = tiny_sam().mask_decoder
    masks, iou = decoder.predict_masks(**arguments())
    (masks.square().sum() + iou.square().sum()).backward()
    for name, weight in decoder.named_parameters():
        assert weight.grad is not None, name
