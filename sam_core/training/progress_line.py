"""How far a long command is, and how long it will still take."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

SECONDS_BETWEEN_LINES = 15.0


class ProgressLine:
    """Says on a stream how much is done and how much time is left.

    On a terminal one line is rewritten; elsewhere a new line comes every 15 seconds.

    Args:
        what: What is counted, such as ``images``.
        stream: Where to write; ``None`` is the standard error of the process.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        what: str,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.what = what
        self.stream = sys.stderr if stream is None else stream
        self.clock = clock
        self.begin = clock()
        self.last_line = self.begin

    def __call__(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` are done."""
        now = self.clock()
        is_end = done >= total
        on_terminal = self.stream.isatty()
        if not (on_terminal or is_end or now - self.last_line >= SECONDS_BETWEEN_LINES):
            return
        self.last_line = now
        left = (now - self.begin) / max(done, 1) * (total - done)
        text = f"{done} of {total} {self.what}, {format_duration(left)} left"
        if is_end:
            text = f"{done} of {total} {self.what} in {format_duration(now - self.begin)}"
        start = "\r\033[K" if on_terminal else ""
        self.stream.write(start + text + ("\n" if is_end or not on_terminal else ""))
        self.stream.flush()


def format_duration(seconds: float) -> str:
    """Return a duration as people say it, to the second, minute or hour that matters.

    Example:
        >>> format_duration(42.4), format_duration(200), format_duration(7500)
        ('42 s', '3 min 20 s', '2 h 5 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
