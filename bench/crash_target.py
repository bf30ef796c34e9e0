"""A server that can be killed and started again within milliseconds.

It is the real server of a process of its own. It is forked from a process that has the
packages loaded already, and has the small model of the tests, for nothing is encoded here.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import waitress

from app import create_app
from app.config import AppConfig
from app.services.served_model import ServedModel
from sam_core.build_sam import build_tiny
from sam_core.checkpoints import model_id

START_SECONDS = 60.0


class CrashTarget:
    """Starts and kills servers on one store.

    Args:
        data_dir: The data folder.
        database_url: Address of a PostgreSQL database; empty for SQLite.
    """

    def __init__(self, data_dir: Path, database_url: str) -> None:
        self._config = AppConfig(data_dir=data_dir, database_url=database_url)
        sam = build_tiny()
        self._model = ServedModel(sam, "tiny", model_id(sam))
        self._process: multiprocessing.process.BaseProcess | None = None

    def start(self) -> int:
        """Start a server and return its port.

        Raises:
            RuntimeError: If it does not start.
        """
        here, there = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(target=self._serve, args=(there,))
        process.start()
        there.close()
        self._process = process
        with here:
            if not here.poll(START_SECONDS):
                self.kill()
                raise RuntimeError(f"the server must start within {START_SECONDS:.0f} s")
            return int(here.recv())

    def kill(self) -> None:
        """Kill the server as a power cut would end it: without a last word."""
        if self._process is not None and self._process.pid is not None:
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.join()
            self._process = None

    def _serve(self, pipe: Connection) -> None:
        server = waitress.create_server(
            create_app(self._config, self._model), host="127.0.0.1", port=0, threads=8
        )
        pipe.send(server.effective_port)
        server.run()
