from __future__ import annotations

import pytest
import torch
from torch import Tensor

from sam_core.modeling import DensePromptEncoder
from tests.helpers.builders import tiny_hybrid_sam

FOREGROUND, BACKGROUND = slice(0, 2), slice(2, 4)


@pytest.fixture(scope="module")
def encoder() -> DensePromptEncoder:
    encoder = tiny_hybrid_sam().prompt_encoder
    assert isinstance(encoder, DensePromptEncoder)
    return encoder.requires_grad_(False)


def draw(encoder: DensePromptEncoder, points: list[tuple[float, float, float]]) -> Tensor:
    values = torch.tensor([points], dtype=torch.float32)
    return encoder.draw(values[..., :2], values[..., 2])[0]


def test_drawing_has_the_resolution_of_the_mask_prompt_and_stays_in_range(
    encoder: DensePromptEncoder,
) -> None:
    drawing = draw(encoder, [(20, 30, 1), (50, 3, 0), (4, 5, 2), (40, 33, 3)])
    assert drawing.shape == (6, 16, 16)
    assert float(drawing.min()) >= 0
    assert float(drawing.max()) <= 1


def test_click_is_brightest_in_its_own_cell(encoder: DensePromptEncoder) -> None:
    drawing = draw(encoder, [(41.5, 9.5, 1)])
    for channel in drawing[FOREGROUND]:
        assert divmod(int(channel.argmax()), 16) == (2, 10)
    assert not drawing[2:].any()


def test_background_click_is_drawn_apart(encoder: DensePromptEncoder) -> None:
    inside, beside = draw(encoder, [(20, 30, 1)]), draw(encoder, [(20, 30, 0)])
    torch.testing.assert_close(inside[FOREGROUND], beside[BACKGROUND])
    assert not beside[FOREGROUND].any()


def test_order_of_clicks_and_padding_points_do_not_matter(encoder: DensePromptEncoder) -> None:
    first = draw(encoder, [(20, 30, 1), (50, 3, 1), (0, 0, -1)])
    second = draw(encoder, [(50, 3, 1), (20, 30, 1)])
    torch.testing.assert_close(first, second)


def test_box_is_bright_inside_and_dark_outside(encoder: DensePromptEncoder) -> None:
    inside, middle = draw(encoder, [(15.5, 7.5, 2), (47.5, 55.5, 3)])[4:]
    assert float(inside[8, 8]) > 0.9
    assert float(inside[8, 1]) < 0.1
    assert divmod(int(middle.argmax()), 16) in {(7, 7), (7, 8), (8, 7), (8, 8)}


def test_without_a_box_nothing_is_drawn_for_it(encoder: DensePromptEncoder) -> None:
    assert not draw(encoder, [(20, 30, 1), (0, 0, -1)])[4:].any()


def test_earlier_logits_are_limited_and_count_only_with_their_flag(
    encoder: DensePromptEncoder,
) -> None:
    coords, labels = torch.tensor([[[20.0, 30.0]]]), torch.tensor([[1.0]])
    on, off = torch.ones(1), torch.zeros(1)
    huge, limit = torch.full((1, 1, 16, 16), 1e4), torch.full((1, 1, 16, 16), 20.0)
    torch.testing.assert_close(
        encoder.embed_dense(coords, labels, huge, on),
        encoder.embed_dense(coords, labels, limit, on),
    )
    torch.testing.assert_close(
        encoder.embed_dense(coords, labels, huge, off),
        encoder.embed_dense(coords, labels, 0 * huge, off),
    )


def test_tokens_are_those_of_the_published_encoder(encoder: DensePromptEncoder) -> None:
    coords, labels = torch.tensor([[[20.0, 30.0]]]), torch.tensor([[1.0]])
    sparse, dense = encoder((coords, labels), None, None)
    assert sparse.shape == (1, 2, 32)
    assert dense.shape == (1, 32, 4, 4)
    torch.testing.assert_close(sparse[:, :1], encoder.embed_tokens(coords, labels))


def test_corrections_hold_where_they_were_made(encoder: DensePromptEncoder) -> None:
    coords, labels = torch.tensor([[[21.5, 29.5], [49.5, 5.5]]]), torch.tensor([[1.0, 0.0]])
    for side in (-9.0, 9.0):
        logits = torch.full((1, 4, 16, 16), side)
        held = encoder.hold_clicks(logits, coords, labels, torch.zeros(1))
        assert bool((held[..., 7, 5] > 0).all())
        assert bool((held[..., 1, 12] < 0).all())
        torch.testing.assert_close(held, encoder.hold_prompts(logits, (coords, labels), None, None))


def test_one_click_is_held_only_beside_a_box_or_a_mask(encoder: DensePromptEncoder) -> None:
    logits = torch.full((1, 1, 16, 16), -9.0)
    click = torch.tensor([[[21.5, 29.5]]]), torch.ones(1, 1)
    box, mask = torch.tensor([[3.0, 3.0, 60.0, 60.0]]), torch.zeros(1, 1, 16, 16)
    held = [
        bool((encoder.hold_prompts(logits, click, *others) > 0).any())
        for others in ((None, None), (box, None), (None, mask))
    ]
    assert held == [False, True, True]
