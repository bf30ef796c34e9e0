"""Work that makes and drops millions of small values."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_VALUES_AT_ONCE = 100_000


class _RareCollections:
    """Counts the work that goes on: the first changes Python's setting, the last restores it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._before = gc.get_threshold()

    def begin(self) -> None:
        with self._lock:
            if self._count == 0:
                self._before = gc.get_threshold()
                gc.set_threshold(_VALUES_AT_ONCE, *self._before[1:])
            self._count += 1

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if self._count == 0:
                gc.set_threshold(*self._before)


_RARE = _RareCollections()


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let Python look for cycles of values less often while a block runs.

    It looks after every few hundred new values and, when many of them are still held, goes
    through all that a program with a model holds. Rows, JSON and masks form no cycles: they go
    when nobody holds them any more, as always. May be nested and used from several threads.

    Yields:
        Nothing.
    """
    _RARE.begin()
    try:
        yield
    finally:
        _RARE.end()
