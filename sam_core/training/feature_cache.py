"""What the encoder made of each image, kept on disk while only the decoder learns."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from sam_core.checkpoints import encoder_id
from sam_core.errors import TrainingConfigError
from sam_core.modeling import ImageFeatures, Sam
from sam_core.training.image_under_test import encode_pixels


class FeatureSource(Protocol):
    """Where a tuning gets the features of its images from."""

    @property
    def sam(self) -> Sam:
        """The model whose features these are."""

    def get(self, key: str, read_pixels: Callable[[], NDArray[np.uint8]]) -> ImageFeatures:
        """Return the features of an image, as `FeatureCache` does."""


class FeatureCache:
    """A folder with the features of images, one file of half-precision numbers for each.

    Files lie in a subfolder that is named by the encoder's weights and input, so features
    of another encoder are never taken. A file appears only when it is complete; one of
    another length is made again. An image of `maskwright_s` at 448 pixels takes 0.8 MB.

    Args:
        folder: Where the subfolder goes; made if missing.
        sam: Model in evaluation mode.

    Raises:
        TrainingConfigError: If the folder cannot be made.
    """

    def __init__(self, folder: str | Path, sam: Sam) -> None:
        self.sam = sam
        self.folder = Path(folder) / encoder_id(sam)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TrainingConfigError(
                f"feature folder must be one that can be written, got {error}; choose another"
            ) from error
        blank = np.zeros((16, 16, 3), dtype=np.uint8)
        self._shapes = [part.shape for part in _parts(encode_pixels(sam, blank))]
        self._sizes = [int(np.prod(shape)) for shape in self._shapes]

    def has(self, key: str) -> bool:
        """Return whether the features of an image are there, whole."""
        path = self.path(key)
        return path.is_file() and path.stat().st_size == 2 * sum(self._sizes)

    def path(self, key: str) -> Path:
        """Return where the features of an image lie."""
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.f16"

    def get(self, key: str, read_pixels: Callable[[], NDArray[np.uint8]]) -> ImageFeatures:
        """Return the features of an image, (1, c, h, w) each; they are made if missing.

        Args:
            key: Tells the image from all others, and a changed one from what it was.
            read_pixels: Gives (height, width, 3) RGB; called only where features are missing.

        Raises:
            DatasetError: If ``read_pixels`` raises it.
        """
        if not self.has(key):
            self._write(key, encode_pixels(self.sam, read_pixels()))
        values = torch.from_numpy(np.fromfile(self.path(key), dtype=np.float16)).float()
        parts = [
            part.reshape(shape).to(self.sam.device)
            for part, shape in zip(torch.split(values, self._sizes), self._shapes, strict=True)
        ]
        return ImageFeatures(parts[0], tuple(parts[1:]))

    def _write(self, key: str, features: ImageFeatures) -> None:
        path = self.path(key)
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        flat = torch.cat([part.flatten() for part in _parts(features)])
        flat.half().cpu().numpy().tofile(unfinished)
        unfinished.replace(path)


def _parts(features: ImageFeatures) -> list[Tensor]:
    return [features.image_embeddings, *features.high_res_features]
