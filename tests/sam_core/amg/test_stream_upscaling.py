"""The pieces of the up-scaling give what the decoder's layers give."""

from __future__ import annotations

import pytest
import torch

from sam_core.amg.stream_upscaling import StreamUpscaling
from sam_core.build_sam import build_sam_vit_b
from sam_core.export.decoder_parts import upscaling_of
from sam_core.export.quadrants import centre_quadrants, doubling_matrix
from sam_core.modeling import Sam
from tests.helpers.builders import GRID, WIDTH, tiny_sam

ROWS, MASKS = 5, 2


def compare(sam: Sam, width: int, grid: int, rows: slice, columns: slice) -> None:
    random = torch.Generator().manual_seed(0)

    def noise(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=random, dtype=torch.float64)

    base, vectors, offset = noise(width, grid**2), noise(ROWS, width), noise(width)
    mixture, weights = noise(ROWS + 1, grid**2), noise(MASKS, width // 8)
    mixture[-1] = mixture[-1].abs() + 0.5
    cells = (base + vectors.T @ mixture[:-1]) / mixture[-1] + offset.unsqueeze(1)
    with torch.no_grad():
        fine = sam.mask_decoder.output_upscaling(cells.reshape(1, width, grid, grid))
        matrix = centre_quadrants(doubling_matrix(upscaling_of(sam.mask_decoder).first))
        upscaling = StreamUpscaling(sam, matrix @ base)
        given = upscaling.mix(vectors, offset)
        drawn = upscaling.draw(mixture, given, weights, upscaling.region(rows, columns))
    want = torch.einsum("mc,chw->mhw", weights, fine[0])
    part = want[:, 4 * rows.start : 4 * rows.stop, 4 * columns.start : 4 * columns.stop]
    torch.testing.assert_close(drawn, part, atol=1e-9, rtol=1e-9)


@pytest.mark.parametrize("rows", [slice(0, GRID), slice(1, 3)])
@pytest.mark.parametrize("columns", [slice(0, GRID), slice(2, GRID)])
def test_masks_are_those_of_the_layers(rows: slice, columns: slice) -> None:
    compare(tiny_sam().double(), WIDTH, GRID, rows, columns)


def test_several_pieces_join() -> None:
    compare(build_sam_vit_b().double(), 256, 64, slice(0, 43), slice(0, 64))
