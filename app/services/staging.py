"""Folders for files that wait: exports to be fetched, imports to be confirmed."""

import shutil
import tempfile
import time
from pathlib import Path

_PREFIX = "waiting-"
_OLDEST_S = 24 * 3600.0


def new_place(folder: Path) -> Path:
    """Return a new empty folder for one waiting file.

    Args:
        folder: Where; made if it is not there.

    Raises:
        OSError: If the disk refuses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))


def remove_old(folder: Path) -> None:
    """Delete what was left there on another day; another server may use the rest."""
    for place in folder.glob(f"{_PREFIX}*"):
        if place.stat().st_mtime < time.time() - _OLDEST_S:
            shutil.rmtree(place, ignore_errors=True)
