"""A line on the terminal that says how far a command is."""

import sys
import time
from collections import deque
from collections.abc import Callable
from typing import TextIO

_WIDTH = 24
_RECENT = 50


class ProgressLine:
    """Draws a bar over and over on one line; on what is no terminal, nothing.

    Args:
        doing: What is being done.
        stream: Where it is drawn; ``None`` takes standard error.
    """

    def __init__(self, doing: str, stream: TextIO | None = None) -> None:
        self._doing = doing
        self._stream = stream or sys.stderr
        self._shown = ""

    def show(self, done: int, total: int, note: str = "") -> None:
        """Draw how many pieces of how many are done; a total of 0 is not known yet.

        Args:
            done: Pieces.
            total: Pieces in all.
            note: Stands behind them.
        """
        if not self._stream.isatty():
            return
        share = min(1.0, done / total) if total else 0.0
        bar = "#" * int(share * _WIDTH)
        amount = f"{done} of {total}" if total else str(done)
        text = f"{self._doing} [{bar:<{_WIDTH}}] {amount}" + (f", {note}" if note else "")
        if text != self._shown:
            self._shown = text
            self._stream.write(f"\r{text}\x1b[K")
            self._stream.flush()

    def end(self) -> None:
        """Leave the line, if one was drawn."""
        if self._shown:
            self._stream.write("\n")


class TimeLeft:
    """Says how long the rest takes, by the last pieces: the first may have been done before.

    Args:
        clock: Gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._recent = deque([(0, clock())], maxlen=_RECENT)

    def after(self, done: int, total: int) -> str:
        """Return about how long the rest takes, in words; nothing while that is not known.

        Args:
            done: Pieces, one more than at the call before.
            total: Pieces in all.
        """
        now = self._clock()
        before, then = self._recent[0]
        self._recent.append((done, now))
        if not before < done < total:
            return ""
        minutes = (now - then) / (done - before) * (total - done) / 60
        if minutes < 1:
            return "less than a minute left"
        if minutes < 90:
            return f"about {minutes:.0f} min left"
        return f"about {minutes / 60:.0f} h left"
