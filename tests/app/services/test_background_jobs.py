"""Jobs run one after the other, end with a result or a reason, and are forgotten in order."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from app.errors import NotFoundError, UnprocessableError
from app.services import background_jobs
from app.services.background_jobs import BackgroundJobs, Job, JobPhase, Progress

FORGOTTEN: list[str] = []


@pytest.fixture
def jobs() -> Iterator[BackgroundJobs[str]]:
    FORGOTTEN.clear()
    jobs: BackgroundJobs[str] = BackgroundJobs("test", FORGOTTEN.append)
    yield jobs
    jobs.close()


def finish(jobs: BackgroundJobs[str], job: Job[str]) -> Job[str]:
    """Return a job after all that was started before this call has ended."""
    ended = Event()
    jobs.start(lambda _: ended.set() or "marker")
    assert ended.wait(10)
    return jobs.get(job.id)


def test_a_job_gives_its_result_and_how_far_it_came(jobs: BackgroundJobs[str]) -> None:
    def work(progress: Progress) -> str:
        progress(3, 4)
        return "done"

    job = jobs.start(work)
    assert (job.id, job.result) == (1, None)
    ended = finish(jobs, job)
    assert (ended.phase, ended.result, ended.error) == (JobPhase.DONE, "done", None)
    assert (ended.done, ended.total) == (3, 4)


def test_a_refusal_is_kept_as_it_is(jobs: BackgroundJobs[str]) -> None:
    refusal = UnprocessableError("json_damaged", "must be JSON")

    def work(_: Progress) -> str:
        raise refusal

    ended = finish(jobs, jobs.start(work))
    assert (ended.phase, ended.error) == (JobPhase.FAILED, refusal)


def test_an_unexpected_failure_is_told_logged_and_does_not_stop_the_next_job(
    jobs: BackgroundJobs[str], caplog: pytest.LogCaptureFixture
) -> None:
    def work(_: Progress) -> str:
        raise ZeroDivisionError("by zero")

    ended = finish(jobs, jobs.start(work))
    assert ended.error is not None
    assert ended.error.code == "internal_error"
    assert "ZeroDivisionError: by zero" in ended.error.message
    (record,) = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


def test_an_unknown_job_is_not_found(jobs: BackgroundJobs[str]) -> None:
    with pytest.raises(NotFoundError, match="got id 9"):
        jobs.get(9)


def test_old_jobs_are_forgotten_and_cleaned_up(
    jobs: BackgroundJobs[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background_jobs, "MOST_KEPT", 2)
    for name in "abc":
        finish(jobs, jobs.start(lambda _, name=name: name))
    assert FORGOTTEN[:2] == ["a", "marker"]
    with pytest.raises(NotFoundError):
        jobs.get(1)
