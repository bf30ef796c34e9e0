"""A predictor without a network: the mask of a point is what has the point's colour."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage
from torch import Tensor

from sam_core import SamPredictor
from tests.helpers.builders import tiny_sam

SOFTNESS = (1.0, 0.25, 0.05)
"""Steepness of the three candidates' borders, in logits per pixel: the last is unstable."""


class ColourPredictor(SamPredictor):
    """Answers each point with the pixels of its colour, as logits at image size.

    The three candidates are the colour everywhere, the connected part under the point, and
    the latter with soft borders. Predicted IoU follows from the colour's red value.
    """

    def __init__(self) -> None:
        super().__init__(tiny_sam())
        self._pixels: NDArray[np.uint8] | None = None

    def set_image(self, image: NDArray[np.uint8], image_format: str = "RGB") -> None:
        self._pixels = image

    def reset_image(self) -> None:
        self._pixels = None

    def predict_torch(
        self,
        point_coords: Tensor | None,
        point_labels: Tensor | None,
        boxes: Tensor | None = None,
        mask_input: Tensor | None = None,
        multimask_output: bool = True,
        return_logits: bool = False,
    ) -> tuple[Tensor, Tensor, Tensor]:
        assert point_coords is not None
        assert self._pixels is not None
        answers = [self._answer(point) for point in point_coords[:, 0].numpy()]
        logits = torch.stack([logits for logits, _ in answers])
        quality = torch.tensor([quality for _, quality in answers])
        return logits, quality, logits

    def _answer(self, point_model: NDArray[np.float64]) -> tuple[Tensor, list[float]]:
        assert self._pixels is not None
        height, width = self._pixels.shape[:2]
        scaled = self.transform.get_preprocess_shape(height, width, self.transform.target_length)
        column = int(point_model[0] * width / scaled[1])
        row = int(point_model[1] * height / scaled[0])
        colour = self._pixels[row, column]
        same = (self._pixels == colour).all(axis=-1)
        parts, _ = ndimage.label(same)
        part = parts == parts[row, column]
        masks = (same, part, part)
        logits = [
            steepness * (_depth(mask) - _depth(~mask))
            for steepness, mask in zip(SOFTNESS, masks, strict=True)
        ]
        best = 0.5 + int(colour[0]) / 512
        return torch.tensor(np.array(logits), dtype=torch.float32), [best, best + 0.01, best - 0.2]


def _depth(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.asarray(ndimage.distance_transform_edt(np.pad(mask, 1, mode="edge"))[1:-1, 1:-1])


def colour_image() -> NDArray[np.uint8]:
    """Return 160 x 200 pixels: discs, a ring, a bar across, all of different colours."""
    rows, columns = np.mgrid[:160, :200] + 0.5
    image = np.full((160, 200, 3), (40, 60, 80), dtype=np.uint8)
    for red, row, column, radius in (
        (250, 40, 50, 25),
        (250, 40, 130, 12),
        (220, 110, 60, 30),
        (200, 110, 60, 18),
        (180, 120, 150, 24),
        (230, 20, 185, 9),
    ):
        image[np.hypot(rows - row, columns - column) < radius] = (red, 10, 20)
    image[76:80] = (160, 5, 5)
    image[60:62, 100:103] = (250, 10, 20)
    image[118:121, 148:152] = (40, 60, 80)
    return image
