"""Logits of a mask that was found in a crop, as the decoder would have given them for the image."""

from dataclasses import replace

import numpy as np
import torch
from torch.nn import functional

from sam_core.amg.found_mask import FoundMask
from sam_core.transforms import ResizeLongestSide

OUTSIDE = -10.0
"""Logit of what lies outside of the crop: a sure background, in the range that decoders use."""


def with_image_logits(mask: FoundMask, image_size: int) -> FoundMask:
    """Return a mask whose logits cover the whole image, so that clicks can go on from them.

    Args:
        mask: With logits; one of the whole image stays as it is.
        image_size: Side of the model input.

    Raises:
        ValueError: If the mask has no logits.
    """
    if mask.logits is None:
        raise ValueError("mask must have logits, got one that was changed since")
    height, width = mask.size
    left, top, right, bottom = mask.crop_box_xyxy
    if (left, top, right, bottom) == (0, 0, width, height):
        return mask
    rows, columns = mask.logits.shape
    places = []
    for cells, low, high, side, shown_side, crop_side in (
        (columns, left, right, width, *_shown(mask, image_size, axis=1)),
        (rows, top, bottom, height, *_shown(mask, image_size, axis=0)),
    ):
        cell = image_size / cells
        in_image = (np.arange(cells) + 0.5) * cell * side / shown_side
        in_crop = (in_image - low) * crop_side / (high - low) / cell
        in_crop[(in_image < low) | (in_image > high)] = np.inf
        places.append(torch.from_numpy(2 * in_crop / cells - 1))
    down, across = torch.meshgrid(places[1], places[0], indexing="ij")
    is_inside = torch.isfinite(down) & torch.isfinite(across)
    grid = torch.stack([across, down], dim=-1).nan_to_num(posinf=2.0).float()
    crop = torch.from_numpy(mask.logits.astype(np.float32))[None, None]
    seen = functional.grid_sample(crop, grid[None], padding_mode="border", align_corners=False)
    logits = torch.where(is_inside, seen[0, 0], torch.tensor(OUTSIDE))
    return replace(mask, logits=logits.half().numpy())


def _shown(mask: FoundMask, image_size: int, axis: int) -> tuple[int, int]:
    """Return how many model pixels an axis of the image and one of the crop take."""
    left, top, right, bottom = mask.crop_box_xyxy
    return (
        ResizeLongestSide.get_preprocess_shape(*mask.size, image_size)[axis],
        ResizeLongestSide.get_preprocess_shape(bottom - top, right - left, image_size)[axis],
    )
