"""A server for tests and benchmarks, started the way a user starts it, on a free port."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 100.0
STOP_SECONDS = 15.0


@contextmanager
def running_server(data_dir: Path, *options: str) -> Iterator[str]:
    """Start ``python -m app``, wait until it answers, and stop it at the end.

    Args:
        data_dir: Where the server keeps its images and masks.
        options: Further command-line options.

    Yields:
        The server's address, without a slash at the end.

    Raises:
        RuntimeError: If the server does not answer in time; the message has its log.
    """
    command = [sys.executable, "-m", "app", "--port", "0", "--data-dir", str(data_dir)]
    log_file = data_dir.with_suffix(".log")
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [*command, *options], cwd=ROOT, stdout=log, stderr=log, env=environment
        )
        try:
            yield wait_for_address(process, log_file)
        finally:
            stop(process)


def wait_for_address(process: subprocess.Popen[bytes], log_file: Path) -> str:
    """Return the address that the server prints once it can be asked.

    Raises:
        RuntimeError: If it ends or stays silent; the message has its log.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        log = log_file.read_text(encoding="utf-8", errors="replace")
        printed = re.search(r"runs at (http://\S+)", log)
        if printed:
            return printed[1]
        time.sleep(0.1)
    log = log_file.read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"the server must start within {START_SECONDS:.0f} s; its log:\n{log}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server politely, and by force if it does not listen."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
