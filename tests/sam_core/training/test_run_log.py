"""What a run writes: rows, a line on a terminal, events."""

import builtins
import csv
import io
import logging
from pathlib import Path
from typing import Any

import pytest

from sam_core.errors import TrainingConfigError
from sam_core.training.run_log import RunLog, open_events, read_log


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def write_steps(folder: Path, first: int, last: int, **settings: Any) -> None:
    log = RunLog(folder, ("loss", "rate"), first_step=first, total_steps=8, every=2, **settings)
    with log:
        for step in range(first + 1, last + 1):
            log.add(step, {"loss": float(step), "ignored": 1.0}, 4)


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "log.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_holds_the_means_of_its_steps(tmp_path: Path) -> None:
    write_steps(tmp_path, 0, 5)
    assert list(rows(tmp_path)[0]) == ["step", "images_per_s", "loss", "rate"]
    assert [(row["step"], row["loss"], row["rate"]) for row in rows(tmp_path)] == [
        ("2", "1.5", ""),
        ("4", "3.5", ""),
    ]


def test_rows_after_the_last_checkpoint_are_written_only_once(tmp_path: Path) -> None:
    write_steps(tmp_path, 0, 6)
    write_steps(tmp_path, 3, 8)
    assert [row["step"] for row in rows(tmp_path)] == ["2", "4", "6", "8"]
    assert rows(tmp_path)[1]["loss"] == "4.0"


def test_a_log_of_other_columns_is_carried_over(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("step,old,loss\n2,7,0.5\n4,7,0.4\n5,")
    write_steps(tmp_path, 4, 6)
    assert [(row["step"], row["loss"]) for row in rows(tmp_path)] == [
        ("2", "0.5"),
        ("4", "0.4"),
        ("6", "5.5"),
    ]


def test_a_missing_log_has_no_rows(tmp_path: Path) -> None:
    assert read_log(tmp_path / "log.csv") == []


def test_a_terminal_shows_the_time_left_and_a_file_does_not(tmp_path: Path) -> None:
    terminal, file = Terminal(), io.StringIO()
    write_steps(tmp_path / ".", 0, 3, stream=terminal)
    write_steps(tmp_path / ".", 3, 5, stream=file)
    assert "3 of 8 steps" in terminal.getvalue()
    assert "left" in terminal.getvalue()
    assert not file.getvalue()


def test_the_line_of_the_log_says_how_long_it_will_take(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        write_steps(tmp_path, 0, 2)
    assert "step 2/8  loss 1.500" in caplog.messages[0]
    assert "min left at this speed" in caplog.messages[0]


def test_events_are_written_if_asked_for(tmp_path: Path) -> None:
    write_steps(tmp_path, 0, 4, tensorboard=True)
    (events,) = (tmp_path / "tensorboard").iterdir()
    assert events.name.startswith("events.out.tfevents")
    assert b"loss" in events.read_bytes()


def test_a_missing_tensorboard_is_an_error_only_if_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = builtins.__import__

    def without_tensorboard(name: str, *arguments: Any, **settings: Any) -> Any:
        if "tensorboard" in name:
            raise ImportError(f"No module named {name!r}")
        return original(name, *arguments, **settings)

    monkeypatch.setattr(builtins, "__import__", without_tensorboard)
    write_steps(tmp_path, 0, 2)
    with pytest.raises(TrainingConfigError, match=r"tensorboard must be installed .* leave the"):
        open_events(tmp_path, 0)
