"""Turn records into fixed-size training samples: a view, its masks and a point in each."""

import logging
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Float32
from scipy import ndimage
from torch import Tensor
from torch.utils.data import Dataset

from sam_core.data.augmentations import draw_image, draw_mask, jitter_colour, sample_view
from sam_core.data.coco_dataset import CocoMaskDataset, ImageRecord, decode_mask, read_image
from sam_core.errors import DatasetError

MASK_STRIDE = 4
logger = logging.getLogger(__name__)


class TrainingSample(NamedTuple):
    """One image with as many masks as the configuration asks for."""

    image: Tensor
    """(3, s, s) uint8 RGB, padded with 0."""
    masks: Tensor
    """(k, s / 4, s / 4) float32, 1 inside the object."""
    centres: Tensor
    """(k, 2) float32: x, y of the innermost pixel of each mask, in cells of ``masks``."""


class SampleSettings(NamedTuple):
    """What a sample looks like."""

    image_size: int
    masks_per_image: int
    scale_range: tuple[float, float] = (0.5, 2.0)
    colour_jitter: float = 0.3
    merge_share: float = 0.1
    """Share of targets that are the union of two masks, so that clicks are ambiguous."""
    min_cells: int = 6
    max_share: float = 0.9


class TrainingSamples(Dataset[TrainingSample]):
    """Random samples of a data set; an image is drawn first, then its masks.

    A broken image or mask is logged with its id and replaced by another image, so that one
    bad file does not end a long run.
    """

    def __init__(self, dataset: CocoMaskDataset, settings: SampleSettings, seed: int) -> None:
        self.dataset = dataset
        self.settings = settings
        self.seed = seed

    def __len__(self) -> int:
        """Return the number of images; each gives a new view in each epoch."""
        return len(self.dataset)

    def __getitem__(self, key: int) -> TrainingSample:
        """Return a sample.

        Args:
            key: Number of the draw since the start of training; image and view follow from it
                and the seed alone, so that a resumed run sees what it would have seen.

        Raises:
            DatasetError: If 20 draws in a row give no usable sample.
        """
        rng = np.random.default_rng([self.seed, key])
        for _ in range(20):
            record = self.dataset[int(rng.integers(len(self.dataset)))]
            try:
                sample = self._draw(record, rng)
            except DatasetError as error:
                logger.warning("skipped: %s", error)
                continue
            if sample is not None:
                return sample
        raise DatasetError(
            "the data set must have images with masks that fill at least "
            f"{self.settings.min_cells} cells, got none in 20 draws; check the masks, or "
            "lower min_cells"
        )

    def _draw(self, record: ImageRecord, rng: np.random.Generator) -> TrainingSample | None:
        settings = self.settings
        size = (record.height, record.width)
        view = sample_view(size, settings.image_size, settings.scale_range, rng)
        order = rng.permutation(len(record.segmentations))[: 3 * settings.masks_per_image]
        masks: list[np.ndarray] = []
        for index in order:
            mask = draw_mask(decode_mask(record, record.segmentations[index]), view, MASK_STRIDE)
            mask = (mask >= 0.5).astype(np.float32)
            if settings.min_cells <= mask.sum() <= settings.max_share * mask.size:
                masks.append(mask)
            if len(masks) == settings.masks_per_image:
                break
        if not masks:
            return None
        chosen = self._fill(masks, rng)
        pixels = jitter_colour(draw_image(read_image(record), view), settings.colour_jitter, rng)
        return TrainingSample(
            torch.from_numpy(np.ascontiguousarray(pixels.transpose(2, 0, 1))),
            torch.from_numpy(chosen),
            torch.from_numpy(np.stack([innermost_point(mask) for mask in chosen])),
        )

    def _fill(self, masks: list[np.ndarray], rng: np.random.Generator) -> np.ndarray:
        # Too few masks are repeated: each copy gets prompts of its own.
        repeats = [masks[i % len(masks)] for i in range(self.settings.masks_per_image)]
        for index in range(len(repeats)):
            if len(masks) > 1 and rng.random() < self.settings.merge_share:
                other = masks[int(rng.integers(len(masks)))]
                repeats[index] = np.maximum(repeats[index], other)
        return np.stack(repeats)


def innermost_point(mask: np.ndarray) -> Float32[np.ndarray, " 2"]:
    """Return x, y of the centre of the cell that lies deepest inside the mask.

    Args:
        mask: (h, w) array; a cell belongs to the mask from 0.5 on. The outside of the array
            counts as background. At least one cell must belong to the mask.
    """
    depth = ndimage.distance_transform_edt(np.pad(mask >= 0.5, 1))[1:-1, 1:-1]
    row, column = np.unravel_index(int(depth.argmax()), depth.shape)
    return np.array([column + 0.5, row + 0.5], dtype=np.float32)
