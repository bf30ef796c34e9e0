from __future__ import annotations

import numpy as np
import torch

from sam_core.figures.positions import (
    draw_position_similarity,
    expected_similarity,
    separate_sinusoids,
    similarity,
)
from sam_core.modeling.positional_encoding import PositionEmbeddingRandom


def test_the_expected_similarity_is_what_many_random_features_give() -> None:
    torch.manual_seed(0)
    encoder = PositionEmbeddingRandom(20_000)
    distances = torch.tensor([0.0, 0.05, 0.1, 0.2])
    for angle in (0.0, 0.7, 1.5):
        direction = torch.tensor([np.cos(angle), np.sin(angle)], dtype=torch.float32)
        points = (0.4 + distances[:, None] * direction)[None]
        encoded = encoder.forward_with_coords(points, (1, 1))[0]
        measured = similarity(encoded, encoded[0]).numpy()
        assert np.allclose(measured, expected_similarity(distances.numpy()), atol=0.03)


def test_separate_sinusoids_depend_on_the_direction() -> None:
    points = torch.tensor([[0.4, 0.4], [0.6, 0.4], [0.4 + 0.2 * 2**-0.5, 0.4 + 0.2 * 2**-0.5]])
    encoded = separate_sinusoids(points, 64)
    assert encoded.shape == (3, 64)
    _, along, diagonal = similarity(encoded, encoded[0])
    assert float(along - diagonal) > 0.05


def test_the_figure_has_two_maps_and_two_profiles_that_start_at_one() -> None:
    torch.manual_seed(0)
    figure = draw_position_similarity(PositionEmbeddingRandom(64))
    first, second, fourier, separate = figure.axes[:4]
    assert len(first.images) == len(second.images) == 1
    assert (len(fourier.lines), len(separate.lines)) == (3, 2)
    starts = [float(line.get_ydata()[0]) for line in (*fourier.lines, *separate.lines)]
    assert np.allclose(starts, 1)
