"""The process that speaks to Ray: it gives out photographs and hands back what came of them.

Ray ends its driver without a word when the cluster goes away, so this is a process of its own:
what it answered is kept by the one that started it (`cluster_road`).
"""

import os
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

# Before Ray is imported: nobody is told that it is used.
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")

import ray
from ray.data import ActorPoolStrategy, DataContext, Dataset

from app.domain.proposal_run import Digest, Look, Photograph, RunWish
from app.services.cluster_work import Answer, LookWorker, digest_row, to_answer, to_row
from app.services.served_model import ServedModel
from app.services.work_rounds import ClusterUselessError, RoundEndedError, in_rounds

LOCAL = "local"
_ROOT = Path(__file__).resolve().parents[2]
_PORTION = 2_000
"""Photographs for each worker in a portion; between portions the cluster is counted anew."""
_MOST_ROWS = 16
"""Photographs that a worker gets at once: it costs the driver milliseconds to give them out, and
what a worker had of them is lost with it."""
_SHARES = 8
"""Times that a worker gets photographs at least, so that none is idle for long at the end."""
_LONGEST_WITHOUT_CORES_S = 60.0
_LOOK_EVERY_S = 2.0

Give = Callable[[Sequence[Photograph], int], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class ClusterJob:
    """What the process is told when it starts.

    Attributes:
        address: ``local`` starts a cluster on this machine, ``auto`` finds one, ``HOST:PORT``
            joins one.
        workers: Workers at the same time; 0 takes one for each core of the cluster.
        model: Finds the masks; every worker gets a copy.
        wish: Which masks are kept.
    """

    address: str
    workers: int
    model: ServedModel
    wish: RunWish


def serve(connection: Connection, job: ClusterJob) -> None:
    """Answer what is asked over the connection until it is closed.

    A question is a stage, ``digests`` or ``looks``, and photographs; it is answered by
    ``("answer", Digest | Look)`` for each of them and ``("done",)``, or by ``("failed", code,
    message, hint)``. The first ``("done",)`` says that the cluster is there.
    """
    sending, ended = threading.Lock(), threading.Event()

    def send(*message: object) -> None:
        with sending:
            connection.send(message)

    watcher = threading.Thread(target=_watch, args=(send, ended), daemon=True)
    try:
        _join(job)
        watcher.start()
        shared = ray.put((job.model, job.wish))
        send("done")
        while True:
            stage, photographs = connection.recv()
            for answer in _answers(stage, photographs, shared, job.workers):
                send("answer", answer)
            send("done")
    except ClusterUselessError as error:
        send("failed", *error.args)
    except (EOFError, BrokenPipeError):
        return  # nobody asks any more
    finally:
        ended.set()
        if watcher.is_alive():
            watcher.join()  # what asks Ray after its end would start another cluster
        ray.shutdown()


def _join(job: ClusterJob) -> None:
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.max_errored_blocks = -1  # what is lost is given out again, see `in_rounds`
    options: dict[str, Any] = {}
    if job.address == LOCAL:
        options = {"include_dashboard": False, "num_cpus": job.workers or os.cpu_count()}
    # The weights travel with the model, the code and the small detector from here.
    packages = [str(_ROOT / name) for name in ("app", "sam_core")]
    environment = {"py_modules": packages, "excludes": ["*.onnx", "maskwright_s.safetensors"]}
    try:
        ray.init(job.address, log_to_driver=False, runtime_env=environment, **options)
    except (ConnectionError, RuntimeError, ValueError, ray.exceptions.RayError) as error:
        raise ClusterUselessError(
            "cluster_unreachable",
            f"the cluster {job.address} must let this machine join, but it does not: "
            f"{_first_line(error)}",
            "start one with: ray start --head; this machine must belong to it",
        ) from error


def _watch(send: Callable[..., None], ended: threading.Event) -> None:
    """End the process when the cluster has had no core for a while: Ray waits without end."""
    last_seen = time.monotonic()
    while time.monotonic() - last_seen < _LONGEST_WITHOUT_CORES_S:
        if ended.wait(_LOOK_EVERY_S):
            return
        if _cores() > 0:
            last_seen = time.monotonic()
    send(
        "failed",
        "cluster_empty",
        f"the cluster must have a core, got none for {_LONGEST_WITHOUT_CORES_S:.0f} s",
        "start workers with: ray start --address=HOST:PORT; then give the same command again",
    )
    os._exit(1)


def _cores() -> int:
    return int(ray.cluster_resources().get("CPU", 0))


def _answers(
    stage: str, photographs: Sequence[Photograph], shared: Any, workers: int
) -> Iterator[Digest | Look]:
    place = os.path.commonpath([photograph.path.parent for photograph in photographs])
    begin = 0
    while begin < len(photographs):
        count = workers or max(1, _cores())
        portion = photographs[begin : begin + _PORTION * count]
        begin += len(portion)
        rows = max(1, min(_MOST_ROWS, len(portion) // (_SHARES * count)))
        if stage == "digests":
            yield from in_rounds(portion, _by_tasks(place), Digest, _MOST_ROWS)
        else:
            yield from in_rounds(portion, _by_actors(_Fetch(shared), place, count), Look, rows)


@dataclass(frozen=True, slots=True)
class _Fetch:
    """Gets what the driver shares with all workers, on a worker."""

    shared: Any

    def __call__(self) -> tuple[ServedModel, RunWish]:
        found: tuple[ServedModel, RunWish] = ray.get(self.shared)
        return found


def _by_tasks(place: str) -> Give:
    """Return what has photographs read, once."""

    def give(left: Sequence[Photograph], rows: int) -> Iterator[Answer]:
        answers = _source(left, rows).map(digest_row, fn_kwargs={"place": place}, num_cpus=1)
        return _read(answers)

    return give


def _by_actors(fetch: "_Fetch", place: str, count: int) -> Give:
    """Return what has photographs looked at by so many holders of the model, once."""

    def give(left: Sequence[Photograph], rows: int) -> Iterator[Answer]:
        with warnings.catch_warnings():
            # An actor that is lost comes back where there is room, but what it had at hand must
            # not wait for that; Ray has no other name for it yet.
            warnings.simplefilter("ignore", category=DeprecationWarning)
            answers = _source(left, rows).map(
                LookWorker,
                fn_constructor_args=(fetch, place),
                compute=ActorPoolStrategy(
                    size=min(count, len(left)), max_tasks_in_flight_per_actor=2
                ),
                num_cpus=1,
                max_restarts=-1,
                max_task_retries=0,
            )
        return _read(answers)

    return give


def _source(photographs: Sequence[Photograph], rows: int) -> Dataset:
    blocks = -(-len(photographs) // rows)
    return ray.data.from_items([to_row(one) for one in photographs], override_num_blocks=blocks)


def _read(answers: Dataset) -> Iterator[Answer]:
    try:
        yield from map(to_answer, answers.iter_rows())
    except ray.exceptions.RayError as error:
        raise RoundEndedError(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
