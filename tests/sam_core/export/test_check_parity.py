from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from sam_core.errors import ExportError
from sam_core.export.check_parity import (
    MAX_DIFFERENCE,
    check_same,
    decoder_cases,
    example_features,
    example_image,
)
from sam_core.modeling import Sam
from tests.helpers.builders import tiny_hybrid_sam, tiny_sam


def plus(amount: float) -> Callable[[Tensor], tuple[Tensor, ...]]:
    return lambda value: (value, value + amount)


ONES = (torch.ones(2, 3),)


def test_small_difference_passes() -> None:
    check_same(plus(0), plus(MAX_DIFFERENCE / 2), ONES, "a point")


@pytest.mark.parametrize("amount", [2 * MAX_DIFFERENCE, float("nan")])
def test_large_difference_is_named_with_its_case(amount: float) -> None:
    with pytest.raises(ExportError, match=r"output 1 for a point must equal torch within 0\.001"):
        check_same(plus(0), plus(amount), ONES, "a point")


def test_difference_that_torch_itself_has_from_exact_values_is_excused() -> None:
    check_same(plus(0), plus(0.006), ONES, "a point", build_exact=lambda: plus(0.002))


@pytest.mark.parametrize(("error", "difference"), [(0.0005, 0.02), (1.0, 0.6), (0.0, 0.002)])
def test_difference_beyond_rounding_is_not_excused(error: float, difference: float) -> None:
    with pytest.raises(ExportError, match=r"output 1 for a point must equal torch within 0\.\d"):
        check_same(plus(0), plus(difference), ONES, "a point", build_exact=lambda: plus(error))


def test_other_shape_is_refused() -> None:
    def wrong(value: Tensor) -> tuple[Tensor, ...]:
        return value, value[:1]

    with pytest.raises(ExportError, match=r"must have shape \(2, 3\) as in torch, got \(1, 3\)"):
        check_same(plus(0), wrong, ONES, "a point")


@pytest.mark.parametrize("build", [tiny_sam, tiny_hybrid_sam])
def test_example_features_have_the_shapes_of_real_ones(build: Callable[[], Sam]) -> None:
    sam = build()
    with torch.no_grad():
        real = sam.encode_image(example_image(sam))
    shapes = [real.image_embeddings.shape, *(level.shape for level in real.high_res_features)]
    assert [value.shape for value in example_features(sam)] == shapes


def test_cases_cover_points_boxes_masks_and_odd_image_sizes() -> None:
    cases = list(decoder_cases(tiny_sam()))
    lengths = {case.prompts[1].shape[1] for case in cases}
    assert {2, 3, 10} <= lengths, "one, two and nine points, each with a padding point"
    labels = {tuple(case.prompts[1].flatten().tolist()) for case in cases}
    assert {(2.0, 3.0), (1.0, 2.0, 3.0)} <= labels
    assert {float(case.prompts[3]) for case in cases} == {0.0, 1.0}
    assert any(side % 2 for case in cases for side in case.image_size)
    assert all(case.prompts[2].any() == case.prompts[3].any() for case in cases)
