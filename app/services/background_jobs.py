"""Work that takes longer than a request may: one after the other, in one thread."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from threading import Lock
from typing import Generic, TypeVar

from app.errors import AppError, NotFoundError, ServerFaultError

_logger = logging.getLogger(__name__)

Result = TypeVar("Result")
Progress = Callable[[int, int], None]
MOST_KEPT = 20


class JobPhase(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job(Generic[Result]):
    """A job at one moment.

    Attributes:
        id: From 1, since the server started.
        phase: How far it is.
        done: Pieces of work that are finished.
        total: Pieces of work in all; 0 while that is not known.
        result: What it gave, once it is done.
        error: Why it failed.
    """

    id: int
    phase: JobPhase = JobPhase.WAITING
    done: int = 0
    total: int = 0
    result: Result | None = None
    error: AppError | None = None


class BackgroundJobs(Generic[Result]):
    """Runs jobs in the order in which they were started and remembers the last ones.

    Args:
        name: Of the thread.
        on_forget: Is given the result of a job that is forgotten, to clean up.
    """

    def __init__(self, name: str, on_forget: Callable[[Result], None]) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._on_forget = on_forget
        self._lock = Lock()
        self._jobs: dict[int, Job[Result]] = {}
        self._numbers = count(1)

    def start(self, work: Callable[[Progress], Result]) -> Job[Result]:
        """Queue a piece of work.

        Args:
            work: Is given a function to call with the number of pieces done and in all.
        """
        with self._lock:
            job: Job[Result] = Job(next(self._numbers))
            self._jobs[job.id] = job
        self._forget_oldest()
        self._executor.submit(self._run, job.id, work)
        return job

    def get(self, job_id: int) -> Job[Result]:
        """Return a job as it is now.

        Raises:
            NotFoundError: If there is none, or it was forgotten.
        """
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            raise NotFoundError(
                "job_not_found",
                f"the job must be one of the last {MOST_KEPT} since the server started, "
                f"got id {job_id}",
                "start it again",
            )
        return job

    def close(self) -> None:
        """Wait for the running job and drop the others."""
        self._executor.shutdown(cancel_futures=True)

    def _run(self, job_id: int, work: Callable[[Progress], Result]) -> None:
        def note(done: int, total: int) -> None:
            self._change(job_id, done=done, total=total)

        self._change(job_id, phase=JobPhase.RUNNING)
        try:
            result = work(note)
        except AppError as error:
            self._change(job_id, phase=JobPhase.FAILED, error=error)
        except Exception as error:
            # The failure is the client's answer; where it happened is for whoever reads the log.
            _logger.exception("a job failed in a way that nobody expected")
            self._change(job_id, phase=JobPhase.FAILED, error=_unexpected(error))
        else:
            self._change(job_id, phase=JobPhase.DONE, result=result)

    def _change(self, job_id: int, **changes: object) -> None:
        with self._lock:
            self._jobs[job_id] = replace(self._jobs[job_id], **changes)  # type: ignore[arg-type]

    def _forget_oldest(self) -> None:
        with self._lock:
            ended = [
                job for job in self._jobs.values() if job.phase in {JobPhase.DONE, JobPhase.FAILED}
            ]
            forgotten = ended[: max(0, len(self._jobs) - MOST_KEPT)]
            for job in forgotten:
                del self._jobs[job.id]
        for job in forgotten:
            if job.result is not None:
                self._on_forget(job.result)


def _unexpected(error: Exception) -> AppError:
    failure = ServerFaultError(
        "internal_error",
        f"the server failed in a way that it did not expect ({type(error).__name__}: {error})",
        "try again, and report the server's log",
    )
    failure.__cause__ = error
    return failure
