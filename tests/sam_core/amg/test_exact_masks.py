"""The two matrices give what the reference's two interpolations give."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from sam_core.amg.exact_masks import MaskEnlarger
from sam_core.amg.low_res import find_boxes
from sam_core.masks.run_lengths import runs_to_mask
from tests.helpers.builders import tiny_sam


def blobs(count: int) -> torch.Tensor:
    noise = torch.randn(count, 1, 5, 5, generator=torch.Generator().manual_seed(0))
    return functional.interpolate(noise, (16, 16), mode="bicubic")[:, 0] * 4 - 2


@pytest.mark.parametrize(
    ("image_size", "input_size"),
    [((90, 135), (43, 64)), ((30, 20), (64, 43)), ((64, 64), (64, 64))],
)
def test_a_mask_equals_the_one_of_the_whole_image(
    image_size: tuple[int, int], input_size: tuple[int, int]
) -> None:
    sam, logits = tiny_sam(), blobs(8)
    whole = sam.postprocess_masks(logits[None], input_size, image_size)[0]
    height, width = image_size
    enlarger = MaskEnlarger(sam, input_size, (0, 0, width, height), image_size, 1.0)
    rows, columns = (-(-side // 4) for side in input_size)
    boxes = find_boxes(logits[:, :rows, :columns], -1.0).double().numpy()
    for index in range(len(logits)):
        exact = enlarger.enlarge(enlarger.cut(logits[index], boxes[index]))
        want = (whole[index] > 0).numpy()
        np.testing.assert_array_equal(runs_to_mask(exact.runs, image_size), want)
        left, top, right, bottom = exact.box_xyxy
        assert want[top : bottom + 1, left : right + 1].sum() == want.sum()
        strict, loose = (whole[index] > 1).sum(), (whole[index] > -1).sum()
        assert exact.stability_score == pytest.approx(float(strict / loose))


def test_a_mask_of_a_crop_lies_at_its_place() -> None:
    sam, logits = tiny_sam(), torch.full((16, 16), -3.0)
    logits[4:8, 4:8] = 3.0
    enlarger = MaskEnlarger(sam, (64, 64), (10, 20, 74, 84), (100, 120), 1.0)
    box = find_boxes(logits[None], -1.0)[0].double().numpy()
    exact = enlarger.enlarge(enlarger.cut(logits, box))
    assert exact.box_xyxy == (10 + 16, 20 + 16, 10 + 31, 20 + 31)
    assert runs_to_mask(exact.runs, (100, 120)).sum() == pytest.approx(16 * 16, abs=4)


def test_an_empty_mask_stays_empty() -> None:
    sam = tiny_sam()
    enlarger = MaskEnlarger(sam, (64, 64), (0, 0, 32, 32), (32, 32), 1.0)
    exact = enlarger.enlarge(enlarger.cut(torch.full((16, 16), -5.0), np.zeros(4)))
    assert exact.runs.tolist() == [32 * 32]
    assert exact.box_xyxy == (0, 0, 0, 0)
    assert exact.stability_score == 0


def test_only_stable_masks_are_made() -> None:
    sam, logits = tiny_sam(), blobs(8)
    enlarger = MaskEnlarger(sam, (64, 64), (0, 0, 90, 90), (90, 90), 1.0)
    boxes = find_boxes(logits, -1.0).double().numpy()
    seeds = [enlarger.cut(*pair) for pair in zip(logits, boxes, strict=True)]
    exact = [enlarger.enlarge(seed) for seed in seeds]
    least = float(np.median([mask.stability_score for mask in exact]))
    for seed, mask in zip(seeds, exact, strict=True):
        stable = enlarger.enlarge_stable(seed, least)
        assert (stable is None) == (mask.stability_score < least)
        if stable is not None:
            assert stable.runs.tolist() == mask.runs.tolist()
