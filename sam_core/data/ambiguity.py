"""Targets that share their pixels with others: unions of objects, parts of objects.

A click on a wheel can mean the wheel or the car. A model learns to offer both only if both
are among its targets.
"""

import numpy as np
from jaxtyping import Bool, Float, Float32
from scipy import ndimage

LARGEST_PART = 0.85
"""Share of a mask above which a part is not worth telling from the whole."""
_ROUNDS = 4


def merge_masks(
    mask: Bool[np.ndarray, "t t"],
    others: Bool[np.ndarray, "n t t"],
    touching_only: bool,
    rng: np.random.Generator,
) -> Bool[np.ndarray, "t t"]:
    """Return the union of a mask with a random other one.

    Source:
        Sofiiuk et al. 2021 (RITM), arXiv:2102.06583, merge neighbouring masks in training.

    Args:
        mask: The target.
        others: What it may be merged with.
        touching_only: Whether only a mask that touches the target counts; if none does, the
            target stays as it is.
        rng: Source of randomness.
    """
    if touching_only:
        near = ndimage.binary_dilation(mask)
        others = others[(others & near).any(axis=(1, 2)) & (others & ~mask).any(axis=(1, 2))]
        if not len(others):
            return mask
    merged: np.ndarray = mask | others[int(rng.integers(len(others)))]
    return merged


def take_part(
    mask: Bool[np.ndarray, "t t"],
    colours: Float[np.ndarray, "t t 3"],
    min_cells: int,
    rng: np.random.Generator,
) -> Bool[np.ndarray, "t t"]:
    """Return a part of a mask, or the mask itself if it has no part of a useful size.

    Where a mask has several components, one of them is taken half of the time. Otherwise the
    mask is split into two or three regions of similar colour and place, so that the border of
    the part follows the picture.

    Source:
        The regions are k-means in colour and place, as in Achanta et al. 2012 (SLIC), with
        standardised features instead of a compactness constant.

    Args:
        mask: The target.
        colours: Mean colour of each cell.
        min_cells: Least number of cells of a part.
        rng: Source of randomness.
    """
    largest = LARGEST_PART * mask.sum()
    labels, count = ndimage.label(mask)
    if count > 1 and rng.random() < 0.5:
        part: np.ndarray = labels == 1 + int(rng.integers(count))
        if min_cells <= part.sum() <= largest:
            return part
    region = _largest_component(_similar_cells(mask, colours, rng))
    return region if min_cells <= region.sum() <= largest else mask


def _similar_cells(
    mask: Bool[np.ndarray, "t t"], colours: Float[np.ndarray, "t t 3"], rng: np.random.Generator
) -> Bool[np.ndarray, "t t"]:
    rows, columns = np.nonzero(mask)
    features = _standardised(np.column_stack([colours[rows, columns], rows, columns]))
    clusters = min(int(rng.integers(2, 4)), len(rows))
    centres = features[rng.choice(len(rows), clusters, replace=False)]
    nearest = np.zeros(len(rows), dtype=np.int64)
    for _ in range(_ROUNDS):
        # |f - c|^2 without |f|^2, which is the same for all centres.
        nearest = ((centres**2).sum(axis=1) - 2 * features @ centres.T).argmin(axis=1)
        members = np.eye(clusters, dtype=np.float32)[nearest]
        sizes = np.maximum(members.sum(axis=0), 1)[:, None]
        centres = members.T @ features / sizes
    chosen = np.zeros_like(mask)
    wanted = nearest == rng.integers(clusters)
    chosen[rows[wanted], columns[wanted]] = True
    return chosen


def _standardised(features: Float[np.ndarray, "n f"]) -> Float32[np.ndarray, "n f"]:
    spread = np.maximum(features.std(axis=0), 1e-3)
    scaled: np.ndarray = ((features - features.mean(axis=0)) / spread).astype(np.float32)
    return scaled


def _largest_component(mask: Bool[np.ndarray, "t t"]) -> Bool[np.ndarray, "t t"]:
    labels, count = ndimage.label(mask)
    if count < 2:
        return mask
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    largest: np.ndarray = labels == int(sizes.argmax())
    return largest
