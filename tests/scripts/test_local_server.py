"""The server of tests and benchmarks ends with its block, and its failure is told with its log."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from scripts.local_server import running_server


def test_a_server_that_cannot_start_is_reported_with_its_log(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="no-such-option"),
        running_server(tmp_path / "store", "--no-such-option"),
    ):
        pass


@pytest.mark.e2e
def test_the_server_answers_inside_the_block_only(tmp_path: Path) -> None:
    with running_server(tmp_path / "store") as address:
        assert urllib.request.urlopen(f"{address}/api/health", timeout=5).status == 200
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{address}/api/health", timeout=5)
