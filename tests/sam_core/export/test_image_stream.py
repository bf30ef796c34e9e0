from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from sam_core.export.image_stream import ImageStream

CELLS, CHANNELS, ROWS = 11, 6, 4


def draw(*shape: int, seed: int = 0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


BASE = draw(CHANNELS, CELLS, seed=1)


@pytest.fixture(params=["unscaled", "scaled"])
def stream(request: pytest.FixtureRequest) -> ImageStream:
    scale = None if request.param == "unscaled" else draw(1, CELLS, seed=2).exp()
    return ImageStream(draw(ROWS, CELLS), draw(ROWS, CHANNELS, seed=3), scale, draw(CHANNELS))


def test_product_is_the_sum_of_the_parts_products(stream: ImageStream) -> None:
    vectors = draw(3, CHANNELS, seed=4)
    parts = stream.scaled(vectors @ BASE) + stream.mixed(vectors)
    parts = parts + (vectors @ stream.offset).unsqueeze(1)
    torch.testing.assert_close(vectors @ stream.whole(BASE), parts)


def test_added_rows_that_carry_the_offset_leave_none(stream: ImageStream) -> None:
    weights = torch.full((2, CELLS), 0.5, dtype=torch.float64)  # they add up to 1
    rows = draw(2, CHANNELS, seed=5)
    more = stream.add(weights, rows + stream.offset)
    expected = stream.whole(BASE) + rows.mean(dim=0).unsqueeze(1)
    torch.testing.assert_close(more.whole(BASE), expected)


def test_normalised_is_the_layer_norm_of_the_whole(stream: ImageStream) -> None:
    stream = stream.add(draw(2, CELLS, seed=6), draw(2, CHANNELS, seed=7))
    norm = nn.LayerNorm(CHANNELS).double()
    nn.init.normal_(norm.weight)
    nn.init.normal_(norm.bias)
    centred = BASE - BASE.mean(dim=0)
    normalised = stream.normalise(
        norm, centred.square().sum(dim=0, keepdim=True), stream.rows @ centred
    )
    next_base = centred * norm.weight.unsqueeze(1)
    torch.testing.assert_close(normalised.whole(next_base), norm(stream.whole(BASE).T).T)
