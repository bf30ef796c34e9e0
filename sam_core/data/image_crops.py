"""Random square crops of a folder of photographs, for training without masks."""

import logging
from pathlib import Path

import numpy as np
import torch
from jaxtyping import UInt8
from PIL import Image
from torch import Tensor
from torch.utils.data import Dataset

from sam_core.data.image_cache import ImageCache
from sam_core.data.records import read_pixels
from sam_core.errors import DatasetError

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})
AREA_SHARE = (0.2, 1.0)
ASPECT = (3 / 4, 4 / 3)
DRAWS = 20
logger = logging.getLogger(__name__)


class ImageCrops(Dataset[Tensor]):
    """Random crops of all photographs of a folder and the folders inside it.

    A broken file is logged once and replaced by another one.

    Args:
        folder: Where the photographs are.
        side: Side of a crop in pixels.
        seed: Seed of the draws.
        cache: Where decoded photographs are kept; ``None`` decodes each time.

    Raises:
        DatasetError: If the folder is missing or has no image.
    """

    def __init__(
        self, folder: str | Path, side: int, seed: int, cache: ImageCache | None = None
    ) -> None:
        if not Path(folder).is_dir():
            raise DatasetError(f"images folder must exist, got {folder}; check the path")
        self.paths = sorted(
            path for path in Path(folder).rglob("*") if path.suffix.lower() in SUFFIXES
        )
        if not self.paths:
            raise DatasetError(
                f"images folder must hold images ({', '.join(sorted(SUFFIXES))}), got none in "
                f"{folder}"
            )
        self.side = side
        self.seed = seed
        self.cache = cache
        self._reported: set[Path] = set()

    def __len__(self) -> int:
        """Return the number of files."""
        return len(self.paths)

    def __getitem__(self, key: int) -> UInt8[Tensor, "3 s s"]:
        """Return a crop; file and place follow from the seed and the number of the draw.

        Raises:
            DatasetError: If 20 files in a row are broken.
        """
        rng = np.random.default_rng([self.seed, key])
        for _ in range(DRAWS):
            path = self.paths[int(rng.integers(len(self.paths)))]
            try:
                pixels = self._read(path)
            except DatasetError as error:
                if path not in self._reported:
                    self._reported.add(path)
                    logger.warning("skipped: %s", error)
                continue
            crop = crop_randomly(pixels, self.side, rng)
            return torch.from_numpy(np.ascontiguousarray(crop.transpose(2, 0, 1)))
        raise DatasetError(
            f"the folder must have images that can be read, got none in {DRAWS} draws; check "
            "the files that the log names"
        )

    def _read(self, path: Path) -> UInt8[np.ndarray, "h w 3"]:
        if self.cache is None:
            return read_pixels(path)
        return self.cache.read(path, lambda: read_pixels(path))


def crop_randomly(
    pixels: UInt8[np.ndarray, "h w 3"], side: int, rng: np.random.Generator
) -> UInt8[np.ndarray, "s s 3"]:
    """Return a random part of an image as a square, flipped half of the time.

    Source:
        The only augmentation of He et al. 2021, arXiv:2111.06377, section 4.1 (random resized
        crop); the range of areas is theirs.

    Args:
        pixels: The image.
        side: Side of the square, in pixels.
        rng: Source of randomness.
    """
    height, width = pixels.shape[:2]
    area = height * width * rng.uniform(*AREA_SHARE)
    aspect = float(np.exp(rng.uniform(np.log(ASPECT[0]), np.log(ASPECT[1]))))
    crop_w, crop_h = min(width, (area * aspect) ** 0.5), min(height, (area / aspect) ** 0.5)
    left, top = rng.uniform(0, width - crop_w), rng.uniform(0, height - crop_h)
    # Cut whole pixels first: Pillow copies all that it is given.
    x, y = int(left), int(top)
    part = pixels[y : int(top + crop_h) + 1, x : int(left + crop_w) + 1]
    box = (left - x, top - y, min(left - x + crop_w, part.shape[1]), top - y + crop_h)
    box = (*box[:3], min(box[3], part.shape[0]))
    resized = Image.fromarray(part).resize((side, side), Image.Resampling.BILINEAR, box=box)
    crop = np.asarray(resized)
    return crop[:, ::-1] if rng.random() < 0.5 else crop
