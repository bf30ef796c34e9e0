"""The line is drawn on terminals only, and only when it changes."""

from __future__ import annotations

import io

from app.commands.progress_line import ProgressLine, TimeLeft


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


def test_a_note_stands_behind_the_count() -> None:
    terminal = Terminal()
    ProgressLine("proposing", terminal).show(1, 2, "about 3 min left")
    assert "1 of 2, about 3 min left" in terminal.getvalue()


def test_the_time_left_follows_from_the_last_pieces() -> None:
    now = 0.0
    left = TimeLeft(lambda: now)
    # The first hundred were done before and cost nothing.
    for done in range(1, 101):
        left.after(done, 400)
    for done in range(101, 201):
        now += 60
        note = left.after(done, 400)
    assert note == "about 3 h left"
    now += 60
    assert left.after(201, 202) == "about 1 min left"
    assert left.after(202, 202) == ""


def test_little_time_is_not_counted() -> None:
    left = TimeLeft(lambda: 0.0)
    assert left.after(0, 4) == ""
    assert left.after(1, 4) == "less than a minute left"
