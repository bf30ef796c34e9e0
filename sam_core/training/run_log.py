"""What a run says about itself: lines, a CSV file, TensorBoard events, the time left."""

import csv
import logging
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TextIO

from sam_core.errors import TrainingConfigError
from sam_core.training.progress_line import ProgressLine

logger = logging.getLogger(__name__)


class _EventWriter(Protocol):
    def add_scalar(self, tag: str, scalar_value: float, global_step: int) -> object: ...
    def flush(self) -> None: ...
    def close(self) -> None: ...


class RunLog:
    """Averages the values of the steps and writes a row every few steps.

    Rows that a killed run wrote after its last checkpoint are dropped, because these steps
    are done again.

    Args:
        folder: Folder of the run, for ``log.csv`` and ``tensorboard/``.
        columns: Names of the values that are written.
        first_step: Steps done before.
        total_steps: Steps of the whole run.
        every: Steps between two rows.
        tensorboard: Whether to write TensorBoard events too.
        stream: Where the progress is shown if it is a terminal; ``None`` is the standard
            error of the process.

    Raises:
        TrainingConfigError: If TensorBoard is asked for but not installed.
    """

    def __init__(  # noqa: PLR0913 - all but two are keywords
        self,
        folder: Path,
        columns: Sequence[str],
        *,
        first_step: int,
        total_steps: int,
        every: int = 20,
        tensorboard: bool = False,
        stream: TextIO | None = None,
    ) -> None:
        self.path = folder / "log.csv"
        self.columns = ("step", "images_per_s", *columns)
        self.first_step = first_step
        self.total_steps = total_steps
        self.every = every
        self.events = open_events(folder / "tensorboard", first_step) if tensorboard else None
        self.stream = sys.stderr if stream is None else stream
        self._bar = ProgressLine("steps", self.stream) if self.stream.isatty() else None
        self._totals: dict[str, list[float]] = {}
        self._images = 0
        self._since = time.monotonic()
        self._rewrite()

    def __enter__(self) -> Self:
        """Return the log itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the file of events."""
        if self.events is not None:
            self.events.close()

    def add(self, step: int, values: Mapping[str, float], images: int) -> None:
        """Take the values of a step, and write a row if it is time for one.

        Args:
            step: Steps done, this one included.
            values: Values by name; what is no column is left out.
            images: Images of the step.
        """
        for key, value in values.items():
            if key in self.columns:
                self._totals.setdefault(key, []).append(value)
        self._images += images
        if step % self.every == 0:
            self._write(step)
        if self._bar is not None:
            self._bar(step - self.first_step, self.total_steps - self.first_step)

    def _write(self, step: int) -> None:
        now = time.monotonic()
        speed = self._images / max(now - self._since, 1e-9)
        row = {key: sum(values) / len(values) for key, values in self._totals.items()}
        steps_per_s = speed * self.every / max(self._images, 1)
        left_min = (self.total_steps - step) / max(steps_per_s, 1e-9) / 60
        self._totals, self._images, self._since = {}, 0, now
        if self._bar is not None:
            self.stream.write("\r\033[K")  # the line of the log takes the place of the progress
        logger.info(
            "step %d/%d  %s  %.1f images/s  %.0f min left at this speed",
            step,
            self.total_steps,
            "  ".join(f"{key} {value:.3f}" for key, value in row.items()),
            speed,
            left_min,
        )
        with self.path.open("a", newline="", encoding="utf-8") as file:
            rounded = {key: round(value, 5) for key, value in row.items()}
            written = {"step": step, "images_per_s": round(speed, 2), **rounded}
            csv.DictWriter(file, self.columns, restval="").writerow(written)
        if self.events is not None:
            for key, value in {"images_per_s": speed, **row}.items():
                self.events.add_scalar(key, value, step)
            self.events.flush()

    def _rewrite(self) -> None:
        rows = [row for row in read_log(self.path) if row["step"] <= self.first_step]
        unfinished = self.path.with_suffix(".new")
        with unfinished.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, self.columns, restval="", extrasaction="ignore")
            writer.writeheader()
            writer.writerows({**row, "step": int(row["step"])} for row in rows)
        unfinished.replace(self.path)


def read_log(path: Path) -> list[dict[str, float]]:
    """Return the rows of a log by column; empty and cut-off cells are left out.

    A file that is not there has no rows, and a row without a step is no row.
    """
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        cells = [list(row.items()) for row in csv.DictReader(file)]
    rows = [
        {key: float(text) for key, text in row if isinstance(text, str) and _is_number(text)}
        for row in cells
    ]
    return [row for row in rows if "step" in row]


def open_events(folder: Path, first_step: int) -> _EventWriter:
    """Return a writer of TensorBoard events; events after ``first_step`` are hidden.

    Raises:
        TrainingConfigError: If TensorBoard is not installed.
    """
    try:
        from torch.utils.tensorboard import SummaryWriter  # noqa: PLC0415 - only if asked for
    except ImportError as error:
        raise TrainingConfigError(
            f"tensorboard must be installed for tensorboard = true, got {error}; run "
            '"pip install -r requirements-dev.txt" or leave the key out'
        ) from error
    writer: _EventWriter = SummaryWriter(str(folder), purge_step=first_step + 1)
    return writer


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
