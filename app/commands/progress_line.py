"""A line on the terminal that says how far a command is."""

import sys
from typing import TextIO

_WIDTH = 24


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

    def show(self, done: int, total: int) -> None:
        """Draw how many pieces of how many are done; a total of 0 is not known yet."""
        if not self._stream.isatty():
            return
        share = min(1.0, done / total) if total else 0.0
        bar = "#" * int(share * _WIDTH)
        amount = f"{done} of {total}" if total else str(done)
        text = f"{self._doing} [{bar:<{_WIDTH}}] {amount}"
        if text != self._shown:
            self._shown = text
            self._stream.write(f"\r{text}\x1b[K")
            self._stream.flush()

    def end(self) -> None:
        """Leave the line, if one was drawn."""
        if self._shown:
            self._stream.write("\n")
