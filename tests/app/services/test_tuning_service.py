"""The server starts, follows and ends runs that work in processes of their own."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.config import AppConfig
from app.domain.tuning import TuningPhase, TuningRequest, TuningState
from app.errors import ConflictError, UnprocessableError
from app.services import tuning_service
from app.services.served_model import ServedModel
from app.services.tuning_service import TuningService
from app.storage.store import Store, opened_store
from app.storage.tuning_folder import TuningFolder
from sam_core.checkpoints import save_safetensors
from tests.helpers.taught_store import teach

PATIENCE_S = 90.0
REQUEST = TuningRequest(1, 5.0)
# Stands for a run: holds the lock until it is told to end, or ends as it is told.
HOLD = """
import sys, time
from pathlib import Path
from app.storage.tuning_folder import TuningFolder
folder = TuningFolder(Path(sys.argv[1]))
with folder.lock():
    while not folder.is_cancelled():
        time.sleep(0.01)
"""


class Desk:
    """A service on a store with masks."""

    def __init__(self, store: Store, config: AppConfig) -> None:
        self.store = store
        self.folder = TuningFolder(store.files.tuning_dir)
        self.config = config
        self.service = self.open()

    def open(self) -> TuningService:
        return TuningService(self.config, self.store.database, self.folder)

    def run_instead(self, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
        """Let the process run something small instead."""
        spawn = tuning_service.subprocess.Popen
        command = [sys.executable, "-c", code, str(self.store.files.tuning_dir)]
        monkeypatch.setattr(
            tuning_service.subprocess, "Popen", lambda _, **more: spawn(command, **more)
        )

    def wait(self, is_there: Callable[[TuningState], bool]) -> TuningState:
        deadline = time.monotonic() + PATIENCE_S
        while not is_there(state := self.service.state()):
            assert time.monotonic() < deadline, f"got {state}"
            time.sleep(0.02)
        return state

    @property
    def pid(self) -> int:
        process = self.service._process
        assert process is not None
        return process.pid


@pytest.fixture
def desk(tmp_path: Path, tiny_model: ServedModel) -> Iterator[Desk]:
    checkpoint = tmp_path / "tiny.safetensors"
    save_safetensors(tiny_model.sam, checkpoint, model_name="tiny")
    config = AppConfig(data_dir=tmp_path / "data", model="tiny", checkpoint=checkpoint)
    with opened_store(config.data_dir, "") as store:
        teach(store)
        desk = Desk(store, config)
        yield desk
        desk.service.close()


def test_a_killed_run_goes_on_where_it_was(desk: Desk) -> None:
    assert desk.service.state() == TuningState()
    began = desk.service.start(REQUEST)
    assert (began.phase, began.material) == (TuningPhase.STARTING, desk.service.material(1))
    desk.wait(lambda state: len(state.curve) > 0)
    assert os.getpriority(os.PRIO_PROCESS, desk.pid) >= os.getpriority(os.PRIO_PROCESS, 0) + 9
    os.kill(desk.pid, signal.SIGKILL)
    desk.wait(lambda state: state.phase is TuningPhase.INTERRUPTED)
    # Another server finds it, and lets it go on.
    desk.service = desk.open()
    kept = desk.service.state()
    assert (kept.phase, kept.project_name) == (TuningPhase.INTERRUPTED, "First project")
    desk.service.resume()
    state = desk.wait(lambda state: state.phase is TuningPhase.TUNING)
    assert state.curve[: len(kept.curve)] == kept.curve
    desk.service.close()
    assert desk.wait(lambda state: True).phase is TuningPhase.INTERRUPTED
    desk.service.cancel()
    assert desk.service.state().phase is TuningPhase.CANCELLED


def test_a_second_run_is_refused_and_the_first_can_be_cancelled(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run_instead(monkeypatch, HOLD)
    desk.service.start(REQUEST)
    for service in (desk.service, desk.open()):
        for act in (lambda: service.start(REQUEST), service.resume):  # noqa: B023
            desk.wait(lambda _: is_locked(desk.folder))
            with pytest.raises(ConflictError, match="one run at a time"):
                act()
    desk.service.cancel()
    desk.wait(lambda state: state.phase is TuningPhase.INTERRUPTED)


def test_a_process_that_does_not_start_says_why(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run_instead(monkeypatch, "raise SystemExit('no memory left')")
    desk.service.start(REQUEST)
    state = desk.wait(lambda state: state.phase is TuningPhase.FAILED)
    assert state.error is not None
    assert "no memory left" in state.error["message"]


def test_too_little_is_refused_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened_store(tmp_path, "") as store:
        teach(store, images=1)
        desk = Desk(store, AppConfig(data_dir=tmp_path))
        desk.run_instead(monkeypatch, "raise SystemExit(1)")
        with pytest.raises(UnprocessableError, match="got 1 images with 5 masks"):
            desk.service.start(REQUEST)
        assert desk.service.state() == TuningState()


def test_only_an_interrupted_run_can_go_on(desk: Desk) -> None:
    with pytest.raises(ConflictError, match="must have been interrupted, got 'none'"):
        desk.service.resume()
    desk.service.cancel()
    assert desk.service.state() == TuningState()


def is_locked(folder: TuningFolder) -> bool:
    return folder.read().phase is not TuningPhase.INTERRUPTED
