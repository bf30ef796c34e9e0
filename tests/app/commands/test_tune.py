"""The command ``tune``."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.commands import tune as command
from app.domain.tuning import TuningPhase, TuningState
from app.services.served_model import ServedModel
from app.storage.store import opened_store
from app.storage.tuning_folder import TuningFolder
from tests.helpers.taught_store import teach
from tests.helpers.tuned_models import BEFORE, LESSON


@pytest.fixture(autouse=True)
def quiet(tiny_model: ServedModel, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the tiny model, and leave the priority and the signals of the tests alone."""
    monkeypatch.setattr(command, "load_model", lambda _: tiny_model)
    monkeypatch.setattr(command, "lower_priority", lambda: None)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    with opened_store(tmp_path, "") as store:
        teach(store)
    return ["--data-dir", str(tmp_path)]


def end_with(monkeypatch: pytest.MonkeyPatch, state: TuningState) -> None:
    """Let the run end at once."""

    class Run:
        def __init__(self, _parts: Any, _folder: Any, watch: Any, _should_pause: Any) -> None:
            self.watch = watch

        def go_on(self) -> TuningState:
            self.watch(state)
            return state

    monkeypatch.setattr(command, "TuningRun", Run)


def test_a_dry_run_counts_and_changes_nothing(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["tune", "--dry-run", *data]) == 0
    said = capsys.readouterr().out
    assert "learns from 40 masks on 8 images, keeps 2 images with 10 masks apart" in said
    assert not (tmp_path / "tuning").exists()


@pytest.mark.parametrize(
    ("state", "status", "said"),
    [
        (
            TuningState(TuningPhase.DONE, before=BEFORE, curve=LESSON.curve, model_id="abc"),
            0,
            "6.00 -> 3.00\nkept as abc",
        ),
        (
            TuningState(TuningPhase.DONE, before=BEFORE, curve=LESSON.curve[:1]),
            0,
            "nothing was better",
        ),
        (TuningState(TuningPhase.CANCELLED), 1, "nothing was kept"),
        (TuningState(TuningPhase.TUNING), 0, "`python -m app tune --resume` goes on"),
    ],
)
def test_what_came_of_it_is_said(
    data: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    state: TuningState,
    status: int,
    said: str,
) -> None:
    end_with(monkeypatch, state)
    assert cli.main(["tune", "--project", "First project", *data]) == status
    assert said in capsys.readouterr().out


def test_a_failure_is_said_with_what_to_do(
    data: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error = {"code": "tuning_failed", "message": "it broke", "hint": "start it again"}
    end_with(monkeypatch, TuningState(TuningPhase.FAILED, error=error))
    assert cli.main(["tune", "--project", "1", *data]) == 1
    assert capsys.readouterr().err == "maskwright: it broke; start it again\n"


def test_a_project_that_is_not_there_is_named(
    data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["tune", "--project", "moon", *data]) == 2
    assert "one of 'First project', got 'moon'" in capsys.readouterr().err


def test_resuming_needs_a_run(data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["tune", "--resume", *data]) == 2
    assert "--resume must follow a run" in capsys.readouterr().err


def test_a_run_beside_another_is_refused(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with TuningFolder(tmp_path / "tuning").lock():
        assert cli.main(["tune", *data]) == 1
    assert "one run at a time" in capsys.readouterr().err


def test_impossible_minutes_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["tune", "--minutes", "-1"])
    assert "must be above 0" in capsys.readouterr().err
