from __future__ import annotations

import pytest
import torch

from sam_core.modeling.prompt_encoder import PromptEncoder
from tests.helpers.builders import tiny_sam

POINTS = torch.tensor([[[20.0, 30.0], [5.0, 6.0]]])
LABELS = torch.tensor([[1.0, 0.0]])
BOX = torch.tensor([[5.0, 6.0, 40.0, 30.0]])


@pytest.fixture(scope="module")
def encoder() -> PromptEncoder:
    return tiny_sam().prompt_encoder.eval().requires_grad_(False)


def test_points_without_a_box_get_one_padding_token(encoder: PromptEncoder) -> None:
    sparse, dense = encoder((POINTS, LABELS), None, None)
    assert sparse.shape == (1, 3, 32)
    assert dense.shape == (1, 32, 4, 4)
    torch.testing.assert_close(sparse[0, 2], encoder.not_a_point_embed.weight[0])


def test_box_is_two_corners_and_takes_the_place_of_padding(encoder: PromptEncoder) -> None:
    together, _ = encoder((POINTS, LABELS), BOX, None)
    alone, _ = encoder(None, BOX, None)
    assert together.shape == (1, 4, 32)
    torch.testing.assert_close(together[:, 2:], alone)
    corners = encoder.embed_tokens(BOX.reshape(1, 2, 2), torch.tensor([[2.0, 3.0]]))
    torch.testing.assert_close(alone, corners)


@pytest.mark.parametrize("label", [0, 1, 2, 3])
def test_token_is_its_position_plus_the_vector_of_its_label(
    encoder: PromptEncoder, label: int
) -> None:
    token = encoder.embed_tokens(POINTS[:, :1], torch.tensor([[float(label)]]))[0, 0]
    centre = encoder.pe_layer.forward_with_coords(POINTS[:, :1] + 0.5, (64, 64))[0, 0]
    torch.testing.assert_close(token, centre + encoder.point_embeddings[label].weight[0])


def test_place_of_a_padding_point_does_not_matter(encoder: PromptEncoder) -> None:
    padding = torch.tensor([[-1.0, -1.0]])
    first, second = encoder.embed_tokens(POINTS, padding)[0]
    torch.testing.assert_close(first, second)


def test_whole_number_labels_are_taken(encoder: PromptEncoder) -> None:
    torch.testing.assert_close(
        encoder((POINTS, LABELS.long()), None, None), encoder((POINTS, LABELS), None, None)
    )


def test_no_mask_is_one_vector_everywhere(encoder: PromptEncoder) -> None:
    _, dense = encoder(None, BOX, None)
    expected = encoder.no_mask_embed.weight.reshape(1, 32, 1, 1).expand(1, 32, 4, 4)
    torch.testing.assert_close(dense, expected)


def test_mask_is_embedded_and_its_flag_switches_it_off(encoder: PromptEncoder) -> None:
    mask = torch.randn(1, 1, 16, 16)
    _, dense = encoder(None, BOX, mask)
    torch.testing.assert_close(dense, encoder.mask_downscaling(mask))
    off = encoder.embed_dense(POINTS, LABELS, mask, torch.zeros(1))
    torch.testing.assert_close(off, encoder(None, BOX, None)[1])


def test_mask_alone_has_no_tokens(encoder: PromptEncoder) -> None:
    sparse, dense = encoder(None, None, torch.randn(2, 1, 16, 16))
    assert sparse.shape == (2, 0, 32)
    assert dense.shape == (2, 32, 4, 4)


def test_batch_entries_do_not_see_each_other(encoder: PromptEncoder) -> None:
    pair = torch.cat([POINTS, POINTS + 7])
    sparse, _ = encoder((pair, LABELS.expand(2, 2)), None, None)
    alone, _ = encoder((POINTS + 7, LABELS), None, None)
    torch.testing.assert_close(sparse[1:], alone)


def test_dense_positions_are_those_of_the_embedding_cells(encoder: PromptEncoder) -> None:
    cell = encoder.pe_layer.forward_with_coords(torch.tensor([[[40.0, 8.0]]]), (64, 64))
    torch.testing.assert_close(encoder.get_dense_pe()[0, :, 0, 2], cell[0, 0])


def test_the_published_model_holds_no_click(encoder: PromptEncoder) -> None:
    logits = torch.full((1, 4, 16, 16), -9.0)
    assert encoder.hold_prompts(logits, (POINTS, LABELS), None, None) is logits


def test_every_weight_learns() -> None:
    encoder = tiny_sam().prompt_encoder
    labels = torch.tensor([[0.0, 1.0, 2.0, 3.0, -1.0]])
    sparse = encoder.embed_tokens(torch.rand(1, 5, 2) * 64, labels)
    mask = torch.randn(2, 1, 16, 16)
    pair, labels = POINTS.expand(2, 2, 2), LABELS.expand(2, 2)
    dense = encoder.embed_dense(pair, labels, mask, torch.tensor([1.0, 0.0]))
    (sparse.square().sum() + dense.square().sum()).backward()
    assert all(weight.grad is not None and weight.grad.any() for weight in encoder.parameters())
