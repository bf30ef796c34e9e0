"""From low-resolution logits to exact masks, only where the mask is.

Enlarging logits to the model's input, cutting the padding away and resizing to the image is
linear and treats rows and columns alike. Each step mixes two neighbours, so a pixel follows from
three neighbouring cells along each side.
"""

from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Float, Int
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from sam_core.masks.run_lengths import region_to_runs
from sam_core.modeling import Sam

_BAND = 3  # cells that a pixel follows from


class ExactMask(NamedTuple):
    """A mask at image size with what follows from its logits."""

    runs: NDArray[np.int64]
    box_xyxy: tuple[int, int, int, int]
    """Of the pixels; right and bottom are the last ones. An empty mask has zeros."""
    stability_score: float


class Part(NamedTuple):
    """Neighbouring pixels along one side, and the cells that they follow from."""

    cells: slice
    band: Int[Tensor, "pixels band"]
    """Cells of each pixel, counted from the first of ``cells``."""
    weights: Float[Tensor, "pixels band"]
    first_pixel: int

    def enlarge(self, values: Float[Tensor, "cells k"]) -> Float[Tensor, "pixels k"]:
        """Return the values of the pixels.

        Args:
            values: Of the cells.
        """
        return functional.embedding_bag(
            self.band, values.contiguous(), per_sample_weights=self.weights, mode="sum"
        )


class Seed(NamedTuple):
    """The logits around one mask, and the matrices that enlarge them."""

    logits: Tensor
    rows: Part
    columns: Part


class MaskEnlarger:
    """Make exact masks of the logits of one crop.

    Args:
        sam: To know its sizes and its threshold.
        input_size: Height, width of the crop in model space, before padding.
        crop_xyxy: Edges of the crop in the image.
        image_size: Height, width of the image.
        stability_offset: Distance of the two thresholds that stability compares.
    """

    def __init__(
        self,
        sam: Sam,
        input_size: tuple[int, int],
        crop_xyxy: tuple[int, int, int, int],
        image_size: tuple[int, int],
        stability_offset: float,
    ) -> None:
        left, top, right, bottom = crop_xyxy
        rows, columns = sam.prompt_encoder.mask_input_size
        self._rows = _enlarging_band(rows, sam.image_size, input_size[0], bottom - top)
        self._columns = _enlarging_band(columns, sam.image_size, input_size[1], right - left)
        self._offset_xy = (left, top)
        self._image_size = image_size
        self._threshold = sam.mask_threshold
        self._stability_offset = stability_offset

    def cut(self, logits: Tensor, generous: NDArray[np.float64]) -> Seed:
        """Return the part of the logits that an exact mask needs.

        Args:
            logits: (mask height, mask width).
            generous: Box of the mask at its generous threshold: left, top, right, bottom in
                cells of the logits.
        """
        left, top, right, bottom = generous
        rows, columns = self._rows.between(top, bottom), self._columns.between(left, right)
        return Seed(logits[rows.cells, columns.cells].float().cpu().clone(), rows, columns)

    def enlarge(self, seed: Seed) -> ExactMask:
        """Return the exact mask."""
        values = _values_of(seed)
        return self._to_mask(seed, values, self._stability_of(values))

    def enlarge_stable(self, seed: Seed, least: float) -> ExactMask | None:
        """Return the exact mask, or ``None`` if it is less stable than ``least``."""
        values = _values_of(seed)
        stability = self._stability_of(values)
        return None if stability < least else self._to_mask(seed, values, stability)

    def _stability_of(self, values: NDArray[np.float32]) -> float:
        strict = np.count_nonzero(values > self._threshold + self._stability_offset)
        loose = np.count_nonzero(values > self._threshold - self._stability_offset)
        return int(strict) / max(int(loose), 1)

    def _to_mask(self, seed: Seed, values: NDArray[np.float32], stability: float) -> ExactMask:
        pixels = values > self._threshold
        x0 = self._offset_xy[0] + seed.columns.first_pixel
        y0 = self._offset_xy[1] + seed.rows.first_pixel
        runs = region_to_runs(pixels, (y0, x0), self._image_size)
        return ExactMask(runs, _box_of(pixels, x0, y0), stability)


def _values_of(seed: Seed) -> NDArray[np.float32]:
    """Return the logits of all pixels, column after column in memory, as run lengths go."""
    values: NDArray[np.float32] = seed.columns.enlarge(seed.rows.enlarge(seed.logits).T).numpy()
    return values.T


class _Enlarging(NamedTuple):
    band: Int[Tensor, "pixels band"]
    weights: Float[Tensor, "pixels band"]
    cells_per_pixel: float

    def between(self, first: float, last: float) -> Part:
        """Return what is needed for the pixels between two positions in cells."""
        begin = max(0, int(np.floor((first - 1) / self.cells_per_pixel)))
        end = min(len(self.band), int(np.ceil((last + 1) / self.cells_per_pixel)))
        band = self.band[begin:end]
        low, high = (int(band.min()), int(band.max()) + 1) if len(band) else (0, 1)
        return Part(slice(low, high), band - low, self.weights[begin:end], begin)


def _enlarging_band(cells: int, model_side: int, input_side: int, pixels: int) -> _Enlarging:
    identity = torch.eye(cells)[:, None]
    padded = functional.interpolate(identity, model_side, mode="linear", align_corners=False)
    resized = functional.interpolate(
        padded[..., :input_side], pixels, mode="linear", align_corners=False
    )
    matrix = resized[:, 0].T.contiguous()
    first = (matrix != 0).float().argmax(dim=1, keepdim=True).clamp(max=cells - _BAND)
    band = first + torch.arange(_BAND)
    return _Enlarging(band, matrix.gather(1, band), cells / model_side * input_side / pixels)


def _box_of(pixels: NDArray[np.bool_], x0: int, y0: int) -> tuple[int, int, int, int]:
    columns, rows = np.flatnonzero(pixels.any(axis=0)), np.flatnonzero(pixels.any(axis=1))
    if not columns.size:
        return (0, 0, 0, 0)
    return (
        int(x0 + columns[0]),
        int(y0 + rows[0]),
        int(x0 + columns[-1]),
        int(y0 + rows[-1]),
    )
