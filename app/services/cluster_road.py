"""The road of a run over a Ray cluster, as this process sees it."""

import importlib
import multiprocessing
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from app.domain.proposal_run import Digest, Look, Photograph, RunWish
from app.errors import StartUpError, UnavailableError
from app.services.served_model import ServedModel

if TYPE_CHECKING:
    from app.services.cluster_driver import ClusterJob

ADDRESSES = "local, auto or HOST:PORT"
_PATIENCE_S = 10.0


class ClusterRoad:
    """Gives the work to a Ray cluster; closed at the end.

    A process of its own speaks to Ray, which ends its driver when the cluster goes away.

    Args:
        address: ``local`` starts a cluster on this machine, ``auto`` finds one that runs on it,
            ``HOST:PORT`` joins one that this machine belongs to.
        workers: Workers at the same time; 0 takes one for each core of the cluster.
        model: Finds the masks.
        wish: Which masks are kept.
        log: What Ray says goes there; deleted when all went well.

    Raises:
        UnavailableError: If the cluster cannot be joined.
    """

    def __init__(
        self, address: str, workers: int, model: ServedModel, wish: RunWish, log: Path
    ) -> None:
        self._log = log
        self._connection, theirs = multiprocessing.Pipe()
        job = (address, workers, model, wish)
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=_drive, args=(theirs, str(log), *job))
        try:
            self._process.start()
            theirs.close()
            for _ in self._answers_until_done():
                raise AssertionError("the cluster must be there before it answers")
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        """Leave the cluster; one that was started here ends."""
        self._end()
        if failure is None:
            self._log.unlink(missing_ok=True)

    def digests(self, photographs: Sequence[Photograph]) -> Iterator[Digest]:
        """Read photographs, to know them by their bytes.

        Raises:
            UnavailableError: If the cluster goes away or is of no use.
        """
        return self._ask("digests", photographs)

    def looks(self, photographs: Sequence[Photograph]) -> Iterator[Look]:
        """Look for the masks of photographs.

        Raises:
            UnavailableError: If the cluster goes away or is of no use.
        """
        return self._ask("looks", photographs)

    def _ask(self, stage: str, photographs: Sequence[Photograph]) -> Iterator[Any]:
        with suppress(OSError):  # a process that is gone is reported by what it does not answer
            self._connection.send((stage, list(photographs)))
        yield from self._answers_until_done()

    def _answers_until_done(self) -> Iterator[Any]:
        while True:
            try:
                kind, *values = self._connection.recv()
            except (EOFError, OSError) as error:
                raise self._lost() from error
            if kind == "done":
                return
            if kind == "failed":
                code, message, hint = values
                raise UnavailableError(code, message, f"{hint}; its log is {self._log}")
            yield values[0]

    def _lost(self) -> UnavailableError:
        return UnavailableError(
            "cluster_lost",
            "the cluster must stay until the run ends, but it went away",
            "give the same command again once it is back: what is done stays done; "
            f"its log is {self._log}",
        )

    def _end(self) -> None:
        self._connection.close()
        if self._process.pid is None:
            return
        self._process.join(_PATIENCE_S)
        if self._process.exitcode is None:
            self._process.terminate()
            self._process.join(_PATIENCE_S)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        self._process.close()


def check_address(address: str) -> None:
    """Refuse an address before anything is started.

    Args:
        address: ``local``, ``auto`` or ``HOST:PORT``.

    Raises:
        StartUpError: If it is no address, nobody answers there, or Ray is not installed.
    """
    if find_spec("ray") is None or find_spec("pyarrow") is None:
        raise StartUpError(
            "--ray needs packages that are not installed; "
            f"run: {sys.executable} -m pip install -r requirements-ray.txt"
        )
    if address in ("local", "auto"):
        return
    host, _, port = address.rpartition(":")
    if not host or "/" in host or not (port.isascii() and port.isdigit() and int(port) < 2**16):
        raise StartUpError(f"--ray must be {ADDRESSES}, got {address}")
    try:
        socket.create_connection((host, int(port)), timeout=_PATIENCE_S).close()
    except OSError as error:
        raise StartUpError(
            f"--ray must be the address of a running Ray cluster, but {address} does not answer "
            f"({error.strerror or error}); start one with: ray start --head"
        ) from error


def _drive(connection: Connection, log: str, *job: Any) -> None:
    """Be the process that speaks to Ray; what it says goes to the log."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    # Here and not above: this process alone needs Ray, which need not be installed.
    driver = importlib.import_module("app.services.cluster_driver")
    made: ClusterJob = driver.ClusterJob(*job)
    driver.serve(connection, made)
