"""Simulated annotators work on a real server, and what they meet decides."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.server_load import Step, add_images, climb, hold, summarise
from scripts.local_server import running_server


@pytest.mark.slow
def test_annotators_save_and_change_images(tmp_path: Path) -> None:
    with running_server(tmp_path / "data") as address:
        port = int(address.rpartition(":")[2])
        step = hold(port, add_images(port), count=4, seconds=3)
    assert step.failures == 0
    assert step.saves >= 4
    assert 0 < step.p50_ms <= step.p95_ms
    assert step.generator_cpu > 0
    assert (step.server_cpu > 0) == sys.platform.startswith("linux")


def test_the_climb_ends_at_the_first_step_that_is_not_held() -> None:
    times = {10: 50.0, 20: 99.9, 40: 100.0, 80: 10.0}
    steps = climb(list(times), lambda count: Step(count, 5, 0, 1.0, times[count]))
    assert [step.annotators for step in steps] == [10, 20, 40]
    assert summarise(steps)["annotators_held"] == 20


def test_a_failed_request_is_not_held() -> None:
    assert not Step(1, 5, 1, 1.0, 2.0).is_held
    assert summarise([Step(1, 5, 1, 1.0, 2.0)])["annotators_held"] == 0
