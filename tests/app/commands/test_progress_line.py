"""The line is drawn on terminals only, and only when it changes."""

from __future__ import annotations

import io

from app.commands.progress_line import ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is() -> None:
    terminal = Terminal()
    line = ProgressLine("exporting", terminal)
    line.show(1, 2)
    line.show(1, 2)
    line.show(7, 0)
    line.end()
    first, second = terminal.getvalue().strip("\r\n").split("\r")
    assert first.startswith("exporting [############            ] 1 of 2")
    assert second.startswith("exporting [                        ] 7")


def test_a_file_sees_nothing() -> None:
    file = io.StringIO()
    line = ProgressLine("exporting", file)
    line.show(1, 2)
    line.end()
    assert file.getvalue() == ""
