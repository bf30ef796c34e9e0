"""What is kept of a run, and what the lock says about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.tuning import TuningMaterial, TuningPhase, TuningState
from app.errors import ConflictError
from app.storage.tuning_folder import TuningFolder
from tests.helpers.tuned_models import BEFORE, LESSON

STATE = TuningState(
    phase=TuningPhase.TUNING,
    project_id=3,
    project_name="cells",
    minutes=2.5,
    done=4,
    total=10,
    material=TuningMaterial(8, 40, 2, 10, ((1, 30), (2, 20)), 3),
    before=BEFORE,
    curve=LESSON.curve,
)


@pytest.fixture
def folder(tmp_path: Path) -> TuningFolder:
    return TuningFolder(tmp_path / "tuning")


def test_there_was_no_run_at_first(folder: TuningFolder) -> None:
    assert folder.read() == TuningState()


def test_a_state_comes_back_as_it_was_while_the_run_goes_on(folder: TuningFolder) -> None:
    with folder.lock():
        folder.begin(STATE)
        assert folder.read() == STATE == folder.own_state()


def test_a_run_whose_process_is_gone_was_interrupted(folder: TuningFolder) -> None:
    with folder.lock():
        folder.begin(STATE)
    assert folder.read().phase is TuningPhase.INTERRUPTED
    assert folder.read(is_held=True) == STATE


def test_a_run_that_ended_needs_no_process(folder: TuningFolder) -> None:
    folder.begin(TuningState(phase=TuningPhase.DONE))
    assert folder.read().phase is TuningPhase.DONE


def test_two_runs_at_once_are_refused(folder: TuningFolder) -> None:
    with folder.lock(), pytest.raises(ConflictError, match="one run at a time"), folder.lock():
        pass
    with folder.lock():
        pass


def test_a_new_run_forgets_the_one_before(folder: TuningFolder) -> None:
    folder.write_examples([{"a": 1}, {"a": 2}])
    folder.ask_to_cancel()
    folder.run_dir.mkdir()
    assert folder.read_examples() == [{"a": 1}, {"a": 2}]
    assert folder.is_cancelled()
    folder.begin(STATE)
    assert (folder.read_examples(), folder.is_cancelled()) == (None, False)
    assert not folder.run_dir.exists()


def test_tidying_leaves_the_state_alone(folder: TuningFolder) -> None:
    folder.begin(STATE)
    folder.write_examples([{}])
    folder.tidy()
    assert folder.read_examples() is None
    assert folder.own_state() == STATE


def test_a_damaged_state_is_no_run(folder: TuningFolder, tmp_path: Path) -> None:
    folder.begin(STATE)
    (tmp_path / "tuning" / "state.json").write_text("{")
    assert folder.read() == TuningState()
