"""Progress: rewritten on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import io

import pytest

from sam_core.training.progress_line import ProgressLine, format_duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def clock_of(*seconds: float) -> object:
    return iter(seconds).__next__


def test_a_terminal_sees_one_line_with_the_time_left() -> None:
    stream = Terminal()
    progress = ProgressLine("images", stream, clock_of(0, 10, 40))
    progress(1, 4)
    progress(4, 4)
    assert stream.getvalue() == ("\r\033[K1 of 4 images, 30 s left\r\033[K4 of 4 images in 40 s\n")


def test_a_file_gets_a_line_every_quarter_of_a_minute() -> None:
    stream = io.StringIO()
    progress = ProgressLine("images", stream, clock_of(0, 5, 16, 20, 24))
    for done in range(1, 5):
        progress(done, 4)
    assert stream.getvalue().splitlines() == ["2 of 4 images, 16 s left", "4 of 4 images in 24 s"]


def test_the_error_stream_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    ProgressLine("images")(1, 1)
    assert capsys.readouterr().err == "1 of 1 images in 0 s\n"


@pytest.mark.parametrize(
    ("seconds", "text"), [(59.4, "59 s"), (60, "1 min 0 s"), (3600, "1 h 0 min")]
)
def test_durations_change_their_unit(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text
