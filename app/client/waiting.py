"""Waits for work in the background of the server."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from app.client.errors import WorkFailedError

FIRST_PAUSE_S = 0.02
LONGEST_PAUSE_S = 1.0
_GOING_ON = {"waiting", "running", "starting", "encoding", "tuning", "exporting"}


def wait_for(ask: Callable[[], Mapping[str, Any]], timeout_s: float) -> Mapping[str, Any]:
    """Ask until work has ended and return its last state.

    Args:
        ask: Gives the state; its field ``state`` says how far it is.
        timeout_s: How long at most.

    Raises:
        WorkFailedError: If it failed, or is not done in time.
    """
    deadline, pause = time.monotonic() + timeout_s, FIRST_PAUSE_S
    found = ask()
    while found["state"] in _GOING_ON:
        if time.monotonic() > deadline:
            raise WorkFailedError(
                "not_done_in_time",
                f"the work must be done within {timeout_s:g} s, got {found['state']}",
                "ask again, or wait longer",
            )
        time.sleep(pause)
        pause = min(LONGEST_PAUSE_S, pause * 1.5)
        found = ask()
    if found["state"] == "failed":
        error = found.get("error") or {}
        raise WorkFailedError(
            error.get("code", "answer_unreadable"), error.get("message", ""), error.get("hint", "")
        )
    return found
