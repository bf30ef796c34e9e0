"""Work in the background is waited for, and its failure is raised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from app.client.errors import WorkFailedError
from app.client.waiting import wait_for


def test_it_ends_when_the_work_does(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    states = iter(["waiting", "running", "encoding", "ready"])
    assert wait_for(lambda: {"state": next(states)}, 9)["state"] == "ready"
    assert len(pauses) == 3
    assert pauses == sorted(pauses)


def test_a_failure_is_raised_with_its_code() -> None:
    failed: Mapping[str, Any] = {"state": "failed", "error": {"code": "disk_full", "message": "no"}}
    with pytest.raises(WorkFailedError) as caught:
        wait_for(lambda: failed, 9)
    assert caught.value.code == "disk_full"
    with pytest.raises(WorkFailedError):
        wait_for(lambda: {"state": "failed", "error": None}, 9)


def test_patience_ends() -> None:
    with pytest.raises(WorkFailedError, match="not_done_in_time"):
        wait_for(lambda: {"state": "running"}, -1)
