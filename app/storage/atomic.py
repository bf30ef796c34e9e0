"""Files that are there completely or not at all."""

import contextlib
import os
import tempfile
import time
from pathlib import Path

_PREFIX = ".writing-"
_LONGEST_WRITE_S = 600.0


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that no reader, and no crash, ever sees half of it.

    The bytes go to a file beside it, reach the disk, and only then take the name.

    Args:
        path: Where the file shall be; missing folders are made. An old file is replaced.
        content: All bytes of the file.

    Raises:
        OSError: If the disk refuses; then nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary_name = tempfile.mkstemp(prefix=_PREFIX, dir=path.parent)
    temporary = Path(temporary_name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def remove_unfinished(folder: Path) -> int:
    """Delete what a crash left of files that were being written, in all folders below.

    Files of the last minutes stay: another server may be writing them.

    Returns:
        How many were deleted.
    """
    abandoned_before = time.time() - _LONGEST_WRITE_S
    abandoned = [
        path for path in folder.rglob(f"{_PREFIX}*") if path.stat().st_mtime < abandoned_before
    ]
    for path in abandoned:
        path.unlink(missing_ok=True)
    return len(abandoned)


def _sync_folder(folder: Path) -> None:
    # The new name itself must reach the disk too; Windows cannot open folders.
    with contextlib.suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
