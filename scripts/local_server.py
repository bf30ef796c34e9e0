"""A server for tests and benchmarks, started the way a user starts it, on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0
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
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "app", "--port", str(port), "--data-dir", str(data_dir)]
    log_file = data_dir.with_suffix(".log")
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [*command, *options], cwd=ROOT, stdout=log, stderr=log, env=environment
        )
        try:
            wait_until_healthy(process, address, log_file)
            yield address
        finally:
            stop(process)


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_healthy(process: subprocess.Popen[bytes], address: str, log_file: Path) -> None:
    """Return when the server answers its health check.

    Raises:
        RuntimeError: If it ends or stays silent; the message has its log.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if is_healthy(address):
            return
        time.sleep(0.1)
    log = log_file.read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"the server must answer within {START_SECONDS:.0f} s; its log:\n{log}")


def is_healthy(address: str) -> bool:
    """Return whether the server answers its health check now."""
    try:
        with urllib.request.urlopen(f"{address}/api/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server politely, and by force if it does not listen."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
