"""From low-resolution logits to exact masks, only where the mask is.

Enlarging logits to the model's input, cutting the padding away and resizing to the image is
linear and treats rows and columns alike, so it is two matrices: one for the rows, one for
the columns. Their part for a box gives the pixels of the box alone. A pixel follows from a few
neighbouring cells, so nearly all numbers of a matrix are 0: it is multiplied in strips that leave
most of them out.
"""

from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Float
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from sam_core.masks.run_lengths import region_to_runs
from sam_core.modeling import Sam

_MARGIN = 2  # cells of the logits that a pixel beside the box may depend on
_STRIP = 128  # pixels


class ExactMask(NamedTuple):
    """A mask at image size with what follows from its logits."""

    runs: NDArray[np.int64]
    box_xyxy: tuple[int, int, int, int]
    """Of the pixels; right and bottom are the last ones. An empty mask has zeros."""
    stability_score: float


class Part(NamedTuple):
    """Neighbouring pixels along one side, and the cells that they follow from."""

    cells: slice
    matrix: Tensor  # (pixels, cells)
    first_pixel: int
    cells_per_pixel: float

    def enlarge(self, values: Float[Tensor, "cells k"]) -> Float[Tensor, "pixels k"]:
        """Return the values of the pixels.

        Args:
            values: Of the cells.
        """
        pixels, cells = self.matrix.shape
        enlarged = values.new_empty(pixels, values.shape[1])
        for first in range(0, pixels, _STRIP):
            last = min(first + _STRIP, pixels)
            begin, end = (
                (self.first_pixel + pixel) * self.cells_per_pixel - self.cells.start
                for pixel in (first, last)
            )
            needed = slice(max(0, int(begin) - _MARGIN), min(cells, int(end) + 1 + _MARGIN))
            strip = self.matrix[first:last, needed]
            torch.mm(strip, values[needed], out=enlarged[first:last])
        return enlarged


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
        self._rows = _enlarging_matrix(rows, sam.image_size, input_size[0], bottom - top)
        self._columns = _enlarging_matrix(columns, sam.image_size, input_size[1], right - left)
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
        # Column after column, as run lengths go.
        values = seed.columns.enlarge(seed.rows.enlarge(seed.logits).T).T.numpy()
        pixels = values > self._threshold
        strict = int(np.count_nonzero(values > self._threshold + self._stability_offset))
        loose = int(np.count_nonzero(values > self._threshold - self._stability_offset))
        x0 = self._offset_xy[0] + seed.columns.first_pixel
        y0 = self._offset_xy[1] + seed.rows.first_pixel
        runs = region_to_runs(pixels, (y0, x0), self._image_size)
        return ExactMask(runs, _box_of(pixels, x0, y0), strict / max(loose, 1))


class _Enlarging(NamedTuple):
    matrix: Tensor  # (pixels, cells)
    cells_per_pixel: float

    def between(self, first: float, last: float) -> Part:
        """Return what is needed for the pixels between two positions in cells."""
        pixels, cells = self.matrix.shape
        begin = max(0, int(np.floor((first - 1) / self.cells_per_pixel)))
        end = min(pixels, int(np.ceil((last + 1) / self.cells_per_pixel)))
        low = max(0, int(begin * self.cells_per_pixel) - _MARGIN)
        high = min(cells, int(end * self.cells_per_pixel) + 1 + _MARGIN)
        matrix = self.matrix[begin:end, low:high]
        return Part(slice(low, high), matrix, begin, self.cells_per_pixel)


def _enlarging_matrix(cells: int, model_side: int, input_side: int, pixels: int) -> _Enlarging:
    identity = torch.eye(cells)[:, None]
    padded = functional.interpolate(identity, model_side, mode="linear", align_corners=False)
    resized = functional.interpolate(
        padded[..., :input_side], pixels, mode="linear", align_corners=False
    )
    return _Enlarging(resized[:, 0].T.contiguous(), cells / model_side * input_side / pixels)


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
