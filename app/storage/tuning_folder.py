"""What a run that tunes a model keeps on disk, so that it can be followed, ended and resumed."""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from app.domain.model_version import CurvePoint, Scores
from app.domain.tuning import ENDED, TuningMaterial, TuningPhase, TuningState
from app.errors import ConflictError
from app.storage.atomic import write_atomically

_PATIENCE_S = 1.0

RUNNING = (
    "tuning_running",
    "one run at a time may tune a model in a data folder, but another one is under way",
    "wait until it has ended, or cancel it",
)
"""Code, message and hint of the refusal of a second run."""


class TuningFolder:
    """The state, the examples and the weights of the newest run.

    The lock is held by the process that tunes; the system gives it back if that is killed,
    and the folder then says that the run was interrupted.

    Args:
        folder: Made when a run begins.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state_path = folder / "state.json"
        self._cancel_path = folder / "cancel"
        self._examples_path = folder / "examples.jsonl"

    @property
    def run_dir(self) -> Path:
        """Where the weights of the run are while it goes on."""
        return self._folder / "run"

    @property
    def log_path(self) -> Path:
        """What the process of the run said."""
        return self._folder / "log.txt"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder for one run.

        Raises:
            ConflictError: If another run holds it.
        """
        lock = self._make_lock()
        try:
            lock.acquire(timeout=_PATIENCE_S)
        except Timeout as error:
            raise ConflictError(*RUNNING) from error
        try:
            yield
        finally:
            lock.release()

    def begin(self, state: TuningState) -> None:
        """Forget the run before; the lock must be held."""
        shutil.rmtree(self.run_dir, ignore_errors=True)
        for path in (self._cancel_path, self._examples_path, self.log_path):
            path.unlink(missing_ok=True)
        self.write(state)

    def write(self, state: TuningState) -> None:
        """Say how far the run is."""
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self._state_path, json.dumps(asdict(state)).encode())

    def read(self, *, is_held: bool = False) -> TuningState:
        """Return how far the newest run is.

        Args:
            is_held: Whether the caller itself knows that a process works on it.
        """
        state = self._read_file()
        if state.phase in ENDED or is_held or self._is_locked():
            return state
        return replace(self._read_file_once_more(state), phase=TuningPhase.INTERRUPTED)

    def own_state(self) -> TuningState:
        """Return the state as it was written, for the one who holds the lock."""
        return self._read_file()

    def write_examples(self, examples: Iterable[dict[str, Any]]) -> None:
        """Keep what is learnt from, so that a resumed run learns from the same."""
        lines = "".join(json.dumps(example) + "\n" for example in examples)
        write_atomically(self._examples_path, lines.encode())

    def read_examples(self) -> list[dict[str, Any]] | None:
        """Return what is learnt from, or ``None`` if it was not kept yet."""
        if not self._examples_path.is_file():
            return None
        text = self._examples_path.read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def ask_to_cancel(self) -> None:
        """Tell the process of the run to end and to forget it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._cancel_path.touch()

    def is_cancelled(self) -> bool:
        """Return whether somebody does not want the run any more."""
        return self._cancel_path.exists()

    def tidy(self) -> None:
        """Delete what only a run that goes on needs."""
        shutil.rmtree(self.run_dir, ignore_errors=True)
        for path in (self._cancel_path, self._examples_path):
            path.unlink(missing_ok=True)

    def _make_lock(self) -> FileLock:
        self._folder.mkdir(parents=True, exist_ok=True)
        # Not one object for both: a lock that is held here may be taken again here.
        return FileLock(self._folder / "running.lock", is_singleton=False)

    def _is_locked(self) -> bool:
        lock = self._make_lock()
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        lock.release()
        return False

    def _read_file_once_more(self, earlier: TuningState) -> TuningState:
        # It may have ended between the look at the file and the look at the lock.
        state = self._read_file()
        return state if state.phase in ENDED else earlier

    def _read_file(self) -> TuningState:
        try:
            return _to_state(json.loads(self._state_path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):
            return TuningState()


def _to_state(values: dict[str, Any]) -> TuningState:
    material, before = values.pop("material"), values.pop("before")
    curve = tuple(
        CurvePoint(point["seconds"], Scores(**point["scores"])) for point in values.pop("curve")
    )
    if material is not None:
        pairs = tuple((category, count) for category, count in material.pop("by_category"))
        material = TuningMaterial(**material, by_category=pairs)
    return TuningState(
        phase=TuningPhase(values.pop("phase")),
        material=material,
        before=None if before is None else Scores(**before),
        curve=curve,
        **values,
    )
