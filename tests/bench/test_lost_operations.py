"""Counting of what was lost, and a short run with kills of every kind."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from bench.lost_operations import Outcome, count_lost, note_lost


def test_every_difference_is_a_lost_operation() -> None:
    outcome = Outcome()
    after = note_lost(outcome, "page at 3", {"a": "1", "b": "1"}, {"a": "2", "c": "1"})
    assert outcome.lost == 3
    assert outcome.where[0] == "page at 3: a 1 became 2"
    assert note_lost(outcome, "page at 4", after, after) == after
    assert outcome.lost == 3


@pytest.mark.e2e
@pytest.mark.timeout(300)
def test_nothing_is_lost_when_page_worker_and_server_are_killed(browser: Browser) -> None:
    outcome = count_lost(browser, operations=40, kills=6, seed=3)
    assert outcome.kills == {"page": 2, "worker": 2, "server": 2}
    assert outcome.lost == 0, outcome.where
