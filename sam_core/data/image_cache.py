"""Decoded photographs on disk, so that a long run decodes each of them once."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from sam_core.errors import DatasetError


class ImageCache:
    """A folder with the uint8 pixels of photographs, no larger than training needs them.

    An entry is named by path, time and size of the photograph, so a changed photograph gets a
    new one. A damaged entry is made again. Entries are memory-mapped: the operating system
    keeps in memory what is used and drops it when the memory is needed.

    Args:
        folder: Where the entries go; made if missing.
        long_side: Longer photographs are scaled down to this many pixels.

    Raises:
        DatasetError: If the folder cannot be made.
    """

    def __init__(self, folder: str | Path, long_side: int) -> None:
        self.folder = Path(folder)
        self.long_side = long_side
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatasetError(
                f"cache folder must be one that can be written, got {error}; choose another "
                "cache_dir"
            ) from error

    def read(
        self, path: Path, decode: Callable[[], UInt8[np.ndarray, "h w 3"]]
    ) -> UInt8[np.ndarray, "u v 3"]:
        """Return the pixels of a photograph, scaled down to the long side; read-only.

        Args:
            path: The photograph's file.
            decode: Gives its pixels; called where there is no sound entry.
        """
        entry = self._entry(path)
        if entry is None:
            return self._shrunk(decode())
        try:
            cached: np.ndarray = np.load(entry, mmap_mode="r", allow_pickle=False)
            if cached.dtype == np.uint8 and cached.ndim == 3 and cached.shape[2] == 3:
                return cached
        except (OSError, ValueError, EOFError):
            pass  # none yet, or damaged: it is made below
        pixels = self._shrunk(decode())
        # Several workers may make the same entry; each writes its own file and renames it.
        unfinished = entry.with_suffix(f".{os.getpid()}.part")
        with unfinished.open("wb") as file:
            np.save(file, pixels)
        unfinished.replace(entry)
        return pixels

    def _entry(self, path: Path) -> Path | None:
        try:
            status = path.stat()
        except OSError:
            return None  # decoding reports what is wrong with the file
        name = f"{path.resolve()} {status.st_mtime_ns} {status.st_size} {self.long_side}"
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.npy"

    def _shrunk(self, pixels: UInt8[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "u v 3"]:
        height, width = pixels.shape[:2]
        scale = self.long_side / max(height, width)
        if scale >= 1:
            return pixels
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR))


def open_cache(folder: str, long_side: int) -> ImageCache | None:
    """Return the cache that a configuration asks for; ``None`` if it names no folder."""
    return ImageCache(folder, long_side) if folder else None
