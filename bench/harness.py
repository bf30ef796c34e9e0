"""What all benchmarks share: repeat, summarise, describe the machine, write the result."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

RESULTS = Path(__file__).resolve().parent / "results"
PACKAGES = ("torch", "onnxruntime", "numpy")


@dataclass(frozen=True)
class Timing:
    """A summary of repeated runs of one thing.

    Attributes:
        what: The thing that was timed, with its settings.
        median_ms: Half of the runs took no longer.
        p95_ms: 95 of 100 runs took no longer.
        iqr_ms: Distance between the quartiles: how much the runs differ.
        runs: Number of runs, warm-up not counted.
    """

    what: str
    median_ms: float
    p95_ms: float
    iqr_ms: float
    runs: int


def time_runs(what: str, run: Callable[[], object], *, warm_ups: int, runs: int) -> Timing:
    """Return the timing of a call that ends when its work is done.

    Args:
        what: Name of the row.
        run: The work; what it returns is thrown away.
        warm_ups: Runs before the clock starts.
        runs: Runs that are timed, 20 or more for a meaningful 95th percentile.
    """
    for _ in range(warm_ups):
        run()
    durations = []
    for _ in range(runs):
        begin = time.perf_counter()
        run()
        durations.append((time.perf_counter() - begin) * 1000)
    return summarise(what, durations)


def summarise(what: str, durations_ms: list[float]) -> Timing:
    """Return the summary of measured durations.

    Raises:
        ValueError: If there are fewer than two.
    """
    if len(durations_ms) < 2:
        raise ValueError(f"a timing must have at least 2 runs, got {len(durations_ms)}")
    quarters = quantiles(durations_ms, n=4, method="inclusive")
    return Timing(
        what=what,
        median_ms=round(median(durations_ms), 3),
        p95_ms=round(quantiles(durations_ms, n=20, method="inclusive")[-1], 3),
        iqr_ms=round(quarters[2] - quarters[0], 3),
        runs=len(durations_ms),
    )


def write_result(name: str, rows: list[Timing], folder: Path = RESULTS) -> Path:
    """Write the rows with a description of the machine and return the file."""
    path = folder / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"machine": describe_machine(), "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return path


def describe_machine() -> dict[str, object]:
    """Return what a reader must know to compare two results."""
    return {
        "processor": processor_name(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
        "load_average": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "commit": current_commit(),
    }


def processor_name() -> str:
    """Return the processor's marketing name where the system tells it."""
    cpu_info = Path("/proc/cpuinfo")
    lines = cpu_info.read_text(encoding="utf-8").splitlines() if cpu_info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def current_commit() -> str | None:
    """Return the short hash of the checked-out commit, ``None`` outside a repository."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    answer = subprocess.run(
        command, cwd=RESULTS.parent, capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or None


def format_rows(rows: list[Timing]) -> str:
    """Return the rows as an aligned table."""
    width = max(len(row.what) for row in rows)
    return "\n".join(
        f"  {row.what:<{width}}  {row.median_ms:9.2f} ms median  {row.p95_ms:9.2f} ms p95"
        f"  ({row.runs} runs)"
        for row in rows
    )
