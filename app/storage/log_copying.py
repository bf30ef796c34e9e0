"""SQLite's log is copied into the database file beside the writes, not inside of one.

A commit is on the disk once it is in the log. Left alone, SQLite copies the log every 1,000
pages, which is every 30 masks, and the save that comes just then waits until the copy is on the
disk too. Here a thread copies it, while others write, and stops them for the little rest alone.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.errors import UnavailableError

# At most 17 MB with the largest logits that the published models have.
WORTH_WRITES = 128

_logger = logging.getLogger(__name__)


class LogCopying:
    """Copies the log whenever it is worth it, in a thread that starts when it first is.

    Args:
        engine: To the database.
        turn: Keeps everybody from writing.
    """

    def __init__(self, engine: Engine, turn: Callable[[], AbstractContextManager[None]]) -> None:
        self._writes = 0
        self._engine = engine
        self._turn = turn
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_wanted = threading.Event()
        self._is_closed = threading.Event()

    def count(self, writes: int) -> None:
        """Count writes that were committed, by whoever has the turn; enough of them are copied."""
        self._writes += writes
        if self._writes < WORTH_WRITES or self._is_wanted.is_set():
            return
        self._writes = 0
        with self._lock:
            if self._is_closed.is_set():
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            self._is_wanted.set()

    def close(self) -> None:
        """End the thread; what is left of the log is copied when the database is closed."""
        with self._lock:
            self._is_closed.set()
            self._is_wanted.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while self._is_wanted.wait() and not self._is_closed.is_set():
            try:
                self._copy()
                with self._turn():  # the next write then begins the log anew
                    self._copy()
            except (DBAPIError, UnavailableError):
                # Nothing is lost: all is in the log, and SQLite copies it itself in the end.
                _logger.exception("the log of the database could not be copied")
            with self._lock:
                if not self._is_closed.is_set():
                    self._is_wanted.clear()

    def _copy(self) -> None:
        with self._engine.connect() as connection:
            # Past the transaction that SQLAlchemy begins, in which nothing can be copied.
            driver = connection.connection.cursor()
            driver.execute("PRAGMA wal_checkpoint(PASSIVE)")
            driver.fetchall()
            driver.close()
