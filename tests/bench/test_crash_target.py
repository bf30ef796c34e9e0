"""A server that is killed and started again."""

from __future__ import annotations

import http.client
from pathlib import Path

import pytest

from bench.crash_target import CrashTarget
from bench.write_load import ask


@pytest.mark.slow
def test_a_killed_server_is_gone_and_another_one_starts(tmp_path: Path) -> None:
    target = CrashTarget(tmp_path, "")
    for _ in range(2):
        connection = http.client.HTTPConnection("127.0.0.1", target.start(), timeout=10)
        assert ask(connection, "GET", "/api/health")["model_name"] == "tiny"
        target.kill()
        connection.close()
        with pytest.raises(OSError, match="refused"):
            connection.request("GET", "/api/health")
