"""Weights and rows stand for the cells that the published layer forms."""

from __future__ import annotations

import pytest
import torch

from sam_core.amg.point_stream import PointStream
from sam_core.amg.stream_constants import compute_constants
from sam_core.export.decoder_parts import layers_of, transformer_of
from sam_core.modeling.two_way_transformer import TwoWayAttentionBlock
from tests.helpers.builders import GRID, WIDTH, tiny_sam

TOKENS = 7


def split(projected: torch.Tensor) -> torch.Tensor:
    return projected.reshape(TOKENS, 8, -1).transpose(0, 1)


@pytest.fixture(scope="module")
def looked() -> tuple[PointStream, torch.Tensor, torch.Tensor, TwoWayAttentionBlock]:
    """Return a stream after one layer, its centred rows, the cells it stands for, the layer."""
    with torch.no_grad():
        sam = tiny_sam().double()
        random = torch.Generator().manual_seed(0)
        embedding = torch.randn(1, WIDTH, GRID, GRID, generator=random, dtype=torch.float64)
        tokens = torch.randn(TOKENS, WIDTH, generator=random, dtype=torch.float64)
        looking = compute_constants(sam, embedding).looking[0]
        layer = layers_of(transformer_of(sam.mask_decoder))[0]
        attention = layer.cross_attn_image_to_token
        cells = embedding[0].flatten(1).T + sam.prompt_encoder.no_mask_embed.weight
        positions = sam.prompt_encoder.get_dense_pe()[0].flatten(1).T
        want = attention(q=(cells + positions)[None], k=tokens[None], v=tokens[None])[0] + cells

        keys, values = split(attention.k_proj(tokens)), split(attention.v_proj(tokens))
        width = keys.shape[-1]
        outward = attention.out_proj.weight.T.reshape(8, width, WIDTH)
        rows = (values @ outward).flatten(0, 1) + looking.row_offset
        stream = PointStream(tokens.new_empty(8 * TOKENS + 1, GRID**2))
        stream.look(keys * width**-0.5, tokens.new_empty(8 * TOKENS, 0), looking)
        torch.testing.assert_close(cells + stream.weights.T @ rows, want)
        centred = rows - rows.mean(dim=-1, keepdim=True)
        stream.normalise([values], centred @ centred.T, looking, layer.norm4)
        centred_cells = cells - cells.mean(dim=-1, keepdim=True)
        return stream, centred, torch.stack([centred_cells, layer.norm4(want)]), layer


def test_normalised_cells_are_the_base_and_the_rows_times_a_scale(
    looked: tuple[PointStream, torch.Tensor, torch.Tensor, TwoWayAttentionBlock],
) -> None:
    stream, rows, (base, want), layer = looked
    inverse = stream.mixture[-1:].T
    got = (base + stream.weights.T @ rows) / inverse * layer.norm4.weight + layer.norm4.bias
    torch.testing.assert_close(got, want)


def test_weights_of_a_cell_add_up_to_one_per_head(
    looked: tuple[PointStream, torch.Tensor, torch.Tensor, TwoWayAttentionBlock],
) -> None:
    per_head = looked[0].weights.reshape(8, TOKENS, -1).sum(dim=1)
    torch.testing.assert_close(per_head, torch.ones_like(per_head), atol=1e-9, rtol=0)
