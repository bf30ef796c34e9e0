from __future__ import annotations

import torch

from sam_core.modeling.positional_encoding import PositionEmbeddingRandom


def encoder() -> PositionEmbeddingRandom:
    torch.manual_seed(0)
    return PositionEmbeddingRandom(32).double()


def test_grid_encodes_the_centres_of_its_cells() -> None:
    encode = encoder()
    grid = encode((3, 5))
    assert grid.shape == (64, 3, 5)
    centre = torch.tensor([[[3.5, 1.5]]], dtype=torch.float64)
    torch.testing.assert_close(grid[:, 1, 3], encode.forward_with_coords(centre, (3, 5))[0, 0])


def test_product_of_two_codes_depends_on_their_difference_alone() -> None:
    encode = encoder()
    points = torch.tensor([[[10.0, 20.0], [13.0, 15.0], [40.0, 31.0], [43.0, 26.0]]]).double()
    a, b, c, d = encode.forward_with_coords(points, (64, 64))[0]
    torch.testing.assert_close(a @ b, c @ d)
    torch.testing.assert_close(a @ a, torch.tensor(32.0, dtype=torch.float64))


def test_x_goes_with_the_width_and_y_with_the_height() -> None:
    encode = encoder()
    first = encode.forward_with_coords(torch.tensor([[[30.0, 10.0]]]).double(), (20, 60))
    second = encode.forward_with_coords(torch.tensor([[[50.0, 50.0]]]).double(), (100, 100))
    torch.testing.assert_close(first, second)


def test_gaussian_matrix_is_kept_with_the_weights_and_not_trained() -> None:
    encode = encoder()
    assert list(encode.state_dict()) == ["positional_encoding_gaussian_matrix"]
    assert not list(encode.parameters())
