from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from sam_core.transforms import ResizeLongestSide, image_to_model_coords
from tests.helpers.builders import noise_image

sides = st.integers(1, 5000)


@given(sides, sides, st.sampled_from([64, 512, 1024]))
def test_longer_side_becomes_the_target_and_the_shorter_keeps_its_share(
    height: int, width: int, target: int
) -> None:
    new_height, new_width = ResizeLongestSide.get_preprocess_shape(height, width, target)
    assert max(new_height, new_width) == target
    share = min(height, width) * target / max(height, width)
    assert abs(min(new_height, new_width) - max(share, 1)) <= 0.5 + 1e-9


def test_half_pixels_round_up() -> None:
    assert ResizeLongestSide.get_preprocess_shape(5, 8, 4) == (3, 4)


def test_thin_image_keeps_one_pixel() -> None:
    scaled = ResizeLongestSide(64).apply_image(noise_image(1, 3000))
    assert scaled.shape == (1, 64, 3)


def test_image_of_one_colour_keeps_it() -> None:
    image = np.full((30, 50, 3), (10, 200, 90), dtype=np.uint8)
    scaled = ResizeLongestSide(64).apply_image(image)
    assert scaled.shape == (38, 64, 3)
    assert (scaled == (10, 200, 90)).all()


def test_torch_and_array_images_agree_within_rounding() -> None:
    image = noise_image(90, 61)
    transform = ResizeLongestSide(64)
    batch = torch.from_numpy(image).permute(2, 0, 1)[None].float()
    from_torch = transform.apply_image_torch(batch)[0].permute(1, 2, 0).numpy()
    assert np.abs(from_torch - transform.apply_image(image)).max() <= 2


def test_published_rule_multiplies_indices_and_leaves_the_argument_alone() -> None:
    transform = ResizeLongestSide(64)
    coords = np.array([[[10, 20], [0, 0]]])
    scaled = transform.apply_coords(coords, (100, 200))
    assert scaled.tolist() == [[[3.2, 6.4], [0.0, 0.0]]]
    assert coords.tolist() == [[[10, 20], [0, 0]]]


def test_boxes_come_back_as_rows_of_four() -> None:
    boxes = ResizeLongestSide(64).apply_boxes(np.array([10, 20, 30, 40]), (128, 64))
    assert boxes.tolist() == [[5.0, 10.0, 15.0, 20.0]]


def test_tensors_and_arrays_give_the_same_points_and_boxes() -> None:
    transform = ResizeLongestSide(64)
    points = np.random.default_rng(0).random((3, 4, 2)) * 90
    boxes = np.random.default_rng(1).random((5, 4)) * 90
    size = (91, 77)
    np.testing.assert_allclose(
        transform.apply_coords_torch(torch.from_numpy(points), size).numpy(),
        transform.apply_coords(points, size),
        rtol=1e-6,
    )
    np.testing.assert_allclose(
        transform.apply_boxes_torch(torch.from_numpy(boxes), size).numpy(),
        transform.apply_boxes(boxes, size),
        rtol=1e-6,
    )


@given(sides, sides)
def test_pixel_centres_of_the_scaled_image_become_its_indices(height: int, width: int) -> None:
    input_size = ResizeLongestSide.get_preprocess_shape(height, width, 1024)
    index = np.array([input_size[1] - 1, 0.0])
    centre = (index + 0.5) * (width / input_size[1], height / input_size[0])
    moved = image_to_model_coords(centre, (height, width), input_size)
    np.testing.assert_allclose(moved, index, atol=1e-9)


def test_image_corners_lie_half_a_pixel_outside_the_first_and_last_index() -> None:
    corners = np.array([[0.0, 0.0], [61.0, 45.0]])
    moved = image_to_model_coords(corners, (45, 61), (47, 64))
    assert moved.tolist() == [[-0.5, -0.5], [63.5, 46.5]]


@pytest.mark.parametrize("shape", [(2,), (3, 2), (1, 3, 2)])
def test_points_keep_their_shape(shape: tuple[int, ...]) -> None:
    assert image_to_model_coords(np.zeros(shape), (10, 10), (64, 64)).shape == shape
