"""The server's side of learning: counts what there is, starts a process, follows and ends it."""

import logging
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Lock

from app.config import AppConfig
from app.domain.tuning import (
    ENDED,
    TuningMaterial,
    TuningPhase,
    TuningRequest,
    TuningState,
)
from app.errors import ConflictError, ServerFaultError
from app.services.tuning_material import collect
from app.services.tuning_run import begin_run
from app.storage.database import Database
from app.storage.tuning_folder import RUNNING, TuningFolder

_logger = logging.getLogger(__name__)
_PATIENCE_S = 10.0
_LONGEST_REASON = 300
_PROGRAM_DIR = Path(__file__).resolve().parents[2]


class TuningService:
    """Starts runs in a process of their own, which outlives no server but any mishap.

    A run that was started on the command line is followed and can be cancelled as well.

    Args:
        config: What the process must be told.
        database: Has the masks.
        folder: Keeps how far the run is.
    """

    def __init__(self, config: AppConfig, database: Database, folder: TuningFolder) -> None:
        self._config = config
        self._database = database
        self._folder = folder
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def material(self, project_id: int) -> TuningMaterial:
        """Return how much a project gives to learn from.

        Raises:
            NotFoundError: If there is no such project.
        """
        return collect(self._database, project_id).count()

    def state(self) -> TuningState:
        """Return how far the newest run is."""
        with self._lock:
            state = self._folder.read(is_held=self._is_alive())
            if state.phase is TuningPhase.INTERRUPTED and self._has_failed():
                return replace(state, phase=TuningPhase.FAILED, error=self._reason().to_json())
            return state

    def start(self, request: TuningRequest) -> TuningState:
        """Begin a run; an interrupted one is forgotten.

        Raises:
            ConflictError: If another run is under way.
            NotFoundError: If there is no such project.
            UnprocessableError: If there is too little to learn from.
        """
        with self._lock:
            if self._is_alive():
                raise ConflictError(*RUNNING)
            state = begin_run(self._database, self._folder, request)
            self._spawn()
            return state

    def resume(self) -> TuningState:
        """Let an interrupted run go on.

        Raises:
            ConflictError: If there is none, or it goes on already.
        """
        with self._lock:
            state = self._folder.read(is_held=self._is_alive())
            if state.phase not in {*ENDED, TuningPhase.INTERRUPTED}:
                raise ConflictError(*RUNNING)
            if state.phase is not TuningPhase.INTERRUPTED:
                raise ConflictError(
                    "tuning_not_interrupted",
                    f"a run that goes on must have been interrupted, got {state.phase.value!r}",
                    "start a new one",
                )
            self._spawn()
            return replace(state, phase=TuningPhase.STARTING)

    def cancel(self) -> None:
        """End the run that goes on, or forget the one that was interrupted."""
        with self._lock:
            state = self._folder.read(is_held=self._is_alive())
            if state.phase in ENDED:
                return
            if state.phase is TuningPhase.INTERRUPTED:
                with self._folder.lock():
                    self._folder.tidy()
                    self._folder.write(replace(state, phase=TuningPhase.CANCELLED))
            else:
                self._folder.ask_to_cancel()

    def close(self) -> None:
        """Let the process save and end; the run can go on with the next server."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _spawn(self) -> None:
        config = self._config
        arguments = [
            "--resume",
            "--data-dir",
            str(config.data_dir.resolve()),
            "--model",
            config.model,
        ]
        if config.checkpoint is not None:
            arguments += ["--checkpoint", str(config.checkpoint.resolve())]
        environment = dict(os.environ)
        if config.database_url:
            environment["DATABASE_URL"] = config.database_url
        with self._folder.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app", "tune", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=_PROGRAM_DIR,
                start_new_session=True,
            )
        _logger.info("tuning in process %d", self._process.pid)

    def _is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _has_failed(self) -> bool:
        return self._process is not None and (self._process.poll() or 0) > 0

    def _reason(self) -> ServerFaultError:
        lines = self._folder.log_path.read_text(encoding="utf-8", errors="replace").splitlines()
        said = lines[-1][-_LONGEST_REASON:] if lines else "nothing"
        return ServerFaultError(
            "tuning_failed",
            f"the process that tunes must end well, but it ended with: {said}",
            f"look into {self._folder.log_path}",
        )
