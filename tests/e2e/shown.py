"""What the page shows, as plain Python values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco_mask

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class ShownCandidate:
    """One mask that the decoder offers.

    Attributes:
        outline: The mask that the outline on the screen encloses, at image size.
        mask: The mask that would be saved, decoded by pycocotools.
        logits: Low-resolution logits, exactly as the page holds them.
    """

    token: int
    predicted_iou: float
    area: int
    bbox: tuple[float, ...]
    mask: Mask
    outline: Mask
    logits: NDArray[np.float32]


@dataclass(frozen=True)
class ShownDraft:
    """The object being made: its prompts and the answers to them, best first."""

    points: tuple[tuple[float, float, int], ...]
    box: tuple[float, ...] | None
    candidates: tuple[ShownCandidate, ...]
    index: int

    @property
    def shown(self) -> ShownCandidate:
        """The candidate that Enter would keep."""
        return self.candidates[self.index]


def parse_draft(value: dict[str, Any]) -> ShownDraft:
    """Return the draft that the page's script reported."""
    return ShownDraft(
        points=tuple((point["x"], point["y"], point["label"]) for point in value["points"]),
        box=None if value["box"] is None else tuple(value["box"]),
        candidates=tuple(parse_candidate(candidate) for candidate in value["candidates"]),
        index=value["candidateIndex"],
    )


def parse_candidate(value: dict[str, Any]) -> ShownCandidate:
    """Return one candidate that the page's script reported."""
    height, width = value["rle"]["size"]
    side = value["side"]
    return ShownCandidate(
        token=value["token"],
        predicted_iou=value["predictedIou"],
        area=value["area"],
        bbox=tuple(value["bbox"]),
        mask=decode_rle(value["rle"]),
        outline=fill_contours(value["contours"], (height, width)),
        logits=np.array(value["logits"], dtype=np.float32).reshape(side, side),
    )


def decode_rle(rle: dict[str, Any]) -> Mask:
    """Return the mask of a compressed RLE, by pycocotools."""
    encoded = {"size": list(rle["size"]), "counts": rle["counts"].encode()}
    mask: Mask = coco_mask.decode(encoded).astype(bool)
    return mask


def fill_contours(contours: dict[str, list[int]], size_hw: tuple[int, int]) -> Mask:
    """Return the pixels inside an outline of pixel edges, by the even-odd rule.

    A pixel is inside if an odd number of vertical edges lies to its left.
    """
    mask = np.zeros(size_hw, dtype=bool)
    points = np.array(contours["points"], dtype=np.int64).reshape(-1, 2)
    for ring in np.split(points, contours["ringStarts"][1:]) if len(points) else []:
        for (x0, y0), (x1, y1) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            assert x0 == x1 or y0 == y1, "an outline runs along the edges of pixels"
            if x0 == x1:
                mask[min(y0, y1) : max(y0, y1), x0:] ^= True
    return mask


def overlap(first: Mask, second: Mask) -> float:
    """Return the intersection over union of two masks, 1 if both are empty."""
    union = np.logical_or(first, second).sum()
    return 1.0 if union == 0 else float(np.logical_and(first, second).sum() / union)


def deepest_pixel(mask: Mask) -> tuple[float, float]:
    """Return x, y of the centre of a pixel that is far from the border of the mask."""
    left = mask
    while True:
        padded = np.pad(left, 1)
        eroded = left & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        if not eroded.any():
            break
        left = eroded
    y, x = np.argwhere(left)[0]
    return float(x) + 0.5, float(y) + 0.5
