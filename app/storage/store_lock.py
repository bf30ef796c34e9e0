"""One program at a time may serve or repair a data folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import StartUpError

LOCK_NAME = "in-use.lock"


@contextmanager
def store_lock(data_dir: Path) -> Iterator[None]:
    """Hold the data folder for oneself; the system gives it back if the program dies.

    Args:
        data_dir: Made if it is not there.

    Raises:
        StartUpError: If another program holds it, or the folder cannot be written.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(data_dir / LOCK_NAME)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StartUpError(
            f"the data folder {data_dir} must be used by one server at a time, but another one "
            "uses it; stop that, or choose another --data-dir"
        ) from error
    except OSError as error:
        raise StartUpError(
            f"the data folder {data_dir} must be writable, got: {error.strerror}; "
            "choose another with --data-dir"
        ) from error
    try:
        yield
    finally:
        lock.release()
