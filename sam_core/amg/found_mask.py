"""A mask that the search found, before and after it becomes a record."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, TypedDict

import numpy as np
from numpy.typing import NDArray

from sam_core.masks.rle import Rle
from sam_core.masks.run_lengths import UncompressedRle, compress_runs, runs_to_mask

OutputMode: TypeAlias = Literal["binary_mask", "uncompressed_rle", "coco_rle"]
OUTPUT_MODES: tuple[OutputMode, ...] = ("binary_mask", "uncompressed_rle", "coco_rle")


class MaskRecord(TypedDict):
    """One mask with the fields of the published package."""

    segmentation: NDArray[np.bool_] | UncompressedRle | Rle
    """In the form of the generator's ``output_mode``, at image size."""
    area: int
    """Number of pixels."""
    bbox: list[float]
    """Left, top, width, height, where the box ends with the mask's *last* pixel: width and
    height are one less than COCO's, as published."""
    predicted_iou: float
    point_coords: list[list[float]]
    """The one point that the mask answers, x, y in image pixels."""
    stability_score: float
    crop_box: list[float]
    """Left, top, width, height of the crop that the mask was found in."""


@dataclass(frozen=True, slots=True)
class FoundMask:
    """An exact mask with what the model and the filters said about it.

    Attributes:
        runs: Run lengths down the columns, background first, at image size.
        size: Height, width of the image.
        box_xyxy: Left, top, right, bottom of the pixels; right and bottom are the last ones.
        predicted_iou: The model's own estimate.
        stability_score: IoU between a strict and a generous threshold, in [0, 1].
        point_xy: The point that was asked, in image pixels.
        crop_box_xyxy: Edges of the crop that it was found in.
        logits: The decoder's output for the crop, (mask height, mask width); ``None`` once the
            mask was changed, or where nobody asked for them.
    """

    runs: NDArray[np.int64]
    size: tuple[int, int]
    box_xyxy: tuple[int, int, int, int]
    predicted_iou: float
    stability_score: float
    point_xy: tuple[float, float]
    crop_box_xyxy: tuple[int, int, int, int]
    logits: NDArray[np.float16] | None = None

    @property
    def area(self) -> int:
        """Number of pixels."""
        return int(self.runs[1::2].sum())

    @property
    def pixels(self) -> NDArray[np.bool_]:
        """The mask as booleans, (height, width)."""
        return runs_to_mask(self.runs, self.size)

    def to_record(self, mode: OutputMode) -> MaskRecord:
        """Return the published form.

        Args:
            mode: How the mask itself is written.
        """
        return MaskRecord(
            segmentation=self._segmentation(mode),
            area=self.area,
            bbox=_to_xywh(self.box_xyxy),
            predicted_iou=self.predicted_iou,
            point_coords=[list(self.point_xy)],
            stability_score=self.stability_score,
            crop_box=_to_xywh(self.crop_box_xyxy),
        )

    def _segmentation(self, mode: OutputMode) -> NDArray[np.bool_] | UncompressedRle | Rle:
        if mode == "binary_mask":
            return self.pixels
        if mode == "coco_rle":
            return compress_runs(self.runs, self.size)
        return UncompressedRle(size=list(self.size), counts=self.runs.tolist())


def _to_xywh(box_xyxy: tuple[int, int, int, int]) -> list[float]:
    left, top, right, bottom = box_xyxy
    return [left, top, right - left, bottom - top]
