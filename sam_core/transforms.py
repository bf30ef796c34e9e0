"""The only place that knows both image space and model space.

`ResizeLongestSide` keeps the published rule (pixel *indices* times the scale).
`image_to_model_coords` is for product code, whose points are continuous image
coordinates with pixel centres at +0.5. ``docs/coordinates.md`` draws both.
"""

from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.nn import functional

Pixels: TypeAlias = NDArray[np.uint8]
Numbers: TypeAlias = NDArray[np.floating[Any]] | NDArray[np.integer[Any]]


def image_to_model_coords(
    points_image: Numbers, image_size: tuple[int, int], input_size: tuple[int, int]
) -> NDArray[np.float64]:
    """Return points of image space as pixel indices of the network's input.

    The networks count pixel indices and add the half pixel themselves, so the centre of
    a pixel of the scaled image, at ``i + 0.5``, becomes ``i``.

    Args:
        points_image: (..., 2) x, y in continuous image coordinates.
        image_size: Height, width of the upright image.
        input_size: Height, width after the long side was scaled, before padding.

    Returns:
        (..., 2) x, y in pixel indices of model space.

    Example:
        >>> centre_of_image = np.array([50.0, 25.0])
        >>> image_to_model_coords(centre_of_image, (50, 100), (512, 1024)).tolist()
        [511.5, 255.5]
    """
    height, width = image_size
    input_height, input_width = input_size
    points = np.asarray(points_image, dtype=np.float64)
    points_model: NDArray[np.float64] = points * (input_width / width, input_height / height) - 0.5
    return points_model


class ResizeLongestSide:
    """Scale images, points and boxes so that the longer image side has a fixed length.

    Method names and rules are those of the published package: points are pixel
    indices and are multiplied by the scale, nothing else.

    Args:
        target_length: Longer side after scaling, in pixels.
    """

    def __init__(self, target_length: int) -> None:
        self.target_length = target_length

    def apply_image(self, image: Pixels) -> Pixels:
        """Return an image scaled with Pillow's anti-aliased bilinear filter.

        Args:
            image: (height, width, channels), 0 to 255.
        """
        height, width = self.get_preprocess_shape(
            image.shape[0], image.shape[1], self.target_length
        )
        scaled = Image.fromarray(image).resize((width, height), Image.Resampling.BILINEAR)
        return np.array(scaled)

    def apply_coords(self, coords: Numbers, original_size: tuple[int, ...]) -> NDArray[np.float64]:
        """Return points in pixel indices of the scaled image.

        Args:
            coords: (..., 2) x, y in pixel indices of the original image; not changed.
            original_size: Height, width of the original image.
        """
        scaled: NDArray[np.float64] = np.asarray(coords, dtype=np.float64) * self._scale_xy(
            original_size
        )
        return scaled

    def apply_boxes(self, boxes: Numbers, original_size: tuple[int, ...]) -> NDArray[np.float64]:
        """Return corner boxes (n, 4) in pixel indices of the scaled image.

        Args:
            boxes: (..., 4) left, top, right, bottom of the original image; not changed.
            original_size: Height, width of the original image.
        """
        corners = np.asarray(boxes, dtype=np.float64).reshape(-1, 2, 2)
        return self.apply_coords(corners, original_size).reshape(-1, 4)

    def apply_image_torch(self, image: torch.Tensor) -> torch.Tensor:
        """Return a batch of images scaled with torch's anti-aliased bilinear filter.

        Close to `apply_image`, not equal to it: Pillow rounds between its two passes.

        Args:
            image: (batch, channels, height, width), any float range.
        """
        size = self.get_preprocess_shape(image.shape[-2], image.shape[-1], self.target_length)
        return functional.interpolate(
            image, size, mode="bilinear", align_corners=False, antialias=True
        )

    def apply_coords_torch(
        self, coords: torch.Tensor, original_size: tuple[int, ...]
    ) -> torch.Tensor:
        """Return points as `apply_coords` does, for tensors on any device.

        Args:
            coords: (..., 2) x, y in pixel indices of the original image; not changed.
            original_size: Height, width of the original image.
        """
        coords = coords.to(torch.float)
        return coords * coords.new_tensor(self._scale_xy(original_size))

    def apply_boxes_torch(
        self, boxes: torch.Tensor, original_size: tuple[int, ...]
    ) -> torch.Tensor:
        """Return boxes as `apply_boxes` does, for tensors on any device.

        Args:
            boxes: (..., 4) left, top, right, bottom of the original image; not changed.
            original_size: Height, width of the original image.
        """
        return self.apply_coords_torch(boxes.reshape(-1, 2, 2), original_size).reshape(-1, 4)

    @staticmethod
    def get_preprocess_shape(oldh: int, oldw: int, long_side_length: int) -> tuple[int, int]:
        """Return height, width after scaling the longer side.

        The shorter side is rounded half up and never falls below one pixel.

        Args:
            oldh: Height before.
            oldw: Width before.
            long_side_length: Longer side after.

        Example:
            >>> ResizeLongestSide.get_preprocess_shape(1200, 1800, 1024)
            (683, 1024)
        """
        scale = long_side_length * 1.0 / max(oldh, oldw)
        return max(1, int(oldh * scale + 0.5)), max(1, int(oldw * scale + 0.5))

    def _scale_xy(self, original_size: tuple[int, ...]) -> tuple[float, float]:
        height, width = original_size[:2]
        new_height, new_width = self.get_preprocess_shape(height, width, self.target_length)
        return new_width / width, new_height / height
