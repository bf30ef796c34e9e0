"""Turn records into fixed-size training samples: a view, its masks and a point in each."""

import logging
from multiprocessing import Value
from typing import NamedTuple

import numpy as np
import torch
from jaxtyping import Bool, Float32, UInt8
from scipy import ndimage
from torch import Tensor
from torch.utils.data import Dataset

from sam_core.data.ambiguity import merge_masks, take_part
from sam_core.data.augmentations import View, draw_image, draw_mask, jitter_colour, sample_view
from sam_core.data.copy_paste import MOST_OBJECTS, Cutout, cut_out, paste
from sam_core.data.degradations import degrade
from sam_core.data.image_cache import ImageCache
from sam_core.data.records import ImageRecord, MaskDataset, decode_mask, read_image
from sam_core.data.scene import MASK_STRIDE, Scene, keep_usable, pad_like_the_model, shrink
from sam_core.data.synthetic_shapes import shape_scene
from sam_core.errors import DatasetError

DRAWS = 20
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
    """What a sample looks like. Shares are probabilities, 0 leaves the ingredient out."""

    image_size: int
    masks_per_image: int
    scale_range: tuple[float, float] = (0.5, 2.0)
    colour_jitter: float = 0.3
    merge_share: float = 0.1
    """Share of targets that are the union of two masks, so that clicks are ambiguous."""
    merge_touching: bool = False
    """Whether only masks that touch are merged."""
    part_share: float = 0.0
    """Share of targets that are cut down to a part of the mask."""
    area_exponent: float = 0.0
    """Masks of an image are drawn with a probability of area ^ -exponent; 0 is uniform."""
    copy_paste_share: float = 0.0
    """Share of images that get one to four objects of another image."""
    synthetic_share: float = 0.0
    """Share of samples that are pictures of made shapes."""
    turn_share: float = 0.0
    """Share of views that are turned by 90, 180 or 270 degrees."""
    degrade_share: float = 0.0
    """Share of images that are blurred, noisy or compressed."""
    min_cells: int = 6
    max_share: float = 0.9


class TrainingSamples(Dataset[TrainingSample]):
    """Random samples of a data set; an image is drawn first, then its masks.

    A broken image or mask is logged once with its file and id, replaced by another one and
    counted, so that one bad file does not end a long run.
    """

    def __init__(
        self,
        dataset: MaskDataset,
        settings: SampleSettings,
        seed: int,
        cache: ImageCache | None = None,
    ) -> None:
        self.dataset = dataset
        self.settings = settings
        self.seed = seed
        self.cache = cache
        self._skips = Value("q", 0)  # shared with the worker processes
        self._reported: set[str] = set()

    def __len__(self) -> int:
        """Return the number of images; each gives a new view in each epoch."""
        return len(self.dataset)

    @property
    def skipped(self) -> int:
        """How often a broken image or mask was met, in all processes together."""
        return int(self._skips.value)

    def __getitem__(self, key: int) -> TrainingSample:
        """Return a sample.

        Args:
            key: Number of the draw since the start of training; image and view follow from it
                and the seed alone, so that a resumed run sees what it would have seen.

        Raises:
            DatasetError: If 20 draws in a row give no usable sample.
        """
        rng = np.random.default_rng([self.seed, key])
        for _ in range(DRAWS):
            try:
                scene = self._draw_scene(rng)
            except DatasetError as error:
                self._skip(error)
                continue
            if len(scene.masks):
                return self._finish(scene, rng)
        raise DatasetError(
            "the data set must have images with masks that fill at least "
            f"{self.settings.min_cells} cells, got none in {DRAWS} draws; check the masks, or "
            "lower min_cells"
        )

    def _draw_scene(self, rng: np.random.Generator) -> Scene:
        settings = self.settings
        if settings.synthetic_share and rng.random() < settings.synthetic_share:
            scene = shape_scene(settings.image_size, rng)
            rng.shuffle(scene.masks)
        else:
            scene = self._draw_photograph(rng)
        if (
            settings.copy_paste_share
            and len(scene.masks)
            and rng.random() < settings.copy_paste_share
        ):
            scene = paste(scene, self._cut_objects(rng), rng)
            rng.shuffle(scene.masks)
        usable = keep_usable(scene.masks, settings.min_cells, settings.max_share)
        return scene._replace(masks=usable[: settings.masks_per_image])

    def _draw_photograph(self, rng: np.random.Generator) -> Scene:
        settings = self.settings
        record, view = self._draw_view(rng)
        masks = np.zeros((0, *[settings.image_size // MASK_STRIDE] * 2), dtype=bool)
        kept: list[np.ndarray] = []
        for index in self._mask_order(record, rng)[: 3 * settings.masks_per_image]:
            mask = self._read_mask(record, int(index), view, MASK_STRIDE)
            if mask is not None:
                kept.extend(keep_usable(mask[None] >= 0.5, settings.min_cells, settings.max_share))
            if len(kept) == settings.masks_per_image:
                break
        if not kept:
            return Scene(np.zeros((0, 0, 3), dtype=np.uint8), masks, view.drawn_hw)
        return Scene(self._draw_pixels(record, view), np.stack(kept), view.drawn_hw)

    def _draw_view(self, rng: np.random.Generator) -> tuple[ImageRecord, View]:
        settings = self.settings
        record = self.dataset[int(rng.integers(len(self.dataset)))]
        size = (record.height, record.width)
        view = sample_view(
            size, settings.image_size, settings.scale_range, rng, settings.turn_share
        )
        return record, view

    def _draw_pixels(self, record: ImageRecord, view: View) -> UInt8[np.ndarray, "s s 3"]:
        if self.cache is None:
            return draw_image(read_image(record), view)
        pixels = self.cache.read(record.path, lambda: read_image(record))
        size = (record.height, record.width)
        return draw_image(pixels, view.on_copy(size, pixels.shape[:2]))

    def _mask_order(self, record: ImageRecord, rng: np.random.Generator) -> np.ndarray:
        count = len(record.segmentations)
        if not self.settings.area_exponent:
            return rng.permutation(count)
        areas = np.array(record.areas) if record.areas else np.ones(count)
        # A mask that does not state its area is drawn like one of the middle size.
        known = areas[np.isfinite(areas)]
        areas = np.where(np.isfinite(areas), areas, np.median(known) if len(known) else 1.0)
        weights = np.maximum(areas, 1.0) ** -self.settings.area_exponent
        return rng.choice(count, count, replace=False, p=weights / weights.sum())

    def _read_mask(
        self, record: ImageRecord, index: int, view: View, stride: int
    ) -> Float32[np.ndarray, "t t"] | None:
        try:
            return draw_mask(decode_mask(record, record.segmentations[index]), view, stride)
        except DatasetError as error:
            self._skip(error)
            return None

    def _cut_objects(self, rng: np.random.Generator) -> list[Cutout]:
        record, view = self._draw_view(rng)
        pixels = self._draw_pixels(record, view)
        wanted = int(rng.integers(1, MOST_OBJECTS + 1))
        objects: list[Cutout] = []
        for index in self._mask_order(record, rng)[: 2 * MOST_OBJECTS]:
            coverage = self._read_mask(record, int(index), view, 1)
            if coverage is not None:
                cutout = cut_out(pixels, coverage, soft=bool(rng.random() < 0.5))
                objects += [] if cutout is None else [cutout]
            if len(objects) == wanted:
                break
        return objects

    def _finish(self, scene: Scene, rng: np.random.Generator) -> TrainingSample:
        settings = self.settings
        targets = self._ambiguous(scene, rng)
        pixels = jitter_colour(scene.pixels, settings.colour_jitter, rng)
        if settings.degrade_share and rng.random() < settings.degrade_share:
            pixels = degrade(pixels, rng)
        pixels = pad_like_the_model(pixels, scene.drawn_hw)
        return TrainingSample(
            torch.from_numpy(np.ascontiguousarray(pixels.transpose(2, 0, 1))),
            torch.from_numpy(targets.astype(np.float32)),
            torch.from_numpy(np.stack([innermost_point(mask) for mask in targets])),
        )

    def _ambiguous(self, scene: Scene, rng: np.random.Generator) -> Bool[np.ndarray, "k t t"]:
        settings, masks = self.settings, scene.masks
        # Too few masks are repeated: each copy gets prompts of its own.
        targets = [masks[i % len(masks)] for i in range(settings.masks_per_image)]
        colours = shrink(scene.pixels, MASK_STRIDE) if settings.part_share else None
        for index, target in enumerate(targets):
            if len(masks) > 1 and rng.random() < settings.merge_share:
                targets[index] = merge_masks(target, masks, settings.merge_touching, rng)
            elif colours is not None and rng.random() < settings.part_share:
                targets[index] = take_part(target, colours, settings.min_cells, rng)
        return np.stack(targets)

    def _skip(self, error: DatasetError) -> None:
        with self._skips.get_lock():
            self._skips.value += 1
        if str(error) not in self._reported:
            self._reported.add(str(error))
            logger.warning("skipped: %s", error)


def innermost_point(mask: np.ndarray) -> Float32[np.ndarray, " 2"]:
    """Return x, y of the centre of the cell that lies deepest inside the mask.

    Args:
        mask: (h, w) array; a cell belongs to the mask from 0.5 on. The outside of the array
            counts as background. At least one cell must belong to the mask.
    """
    depth = ndimage.distance_transform_edt(np.pad(mask >= 0.5, 1))[1:-1, 1:-1]
    row, column = np.unravel_index(int(depth.argmax()), depth.shape)
    return np.array([column + 0.5, row + 0.5], dtype=np.float32)
