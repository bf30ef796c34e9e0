"""The server of tests and benchmarks ends with its block, and its failure is told with its log."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from scripts.local_server import free_port, is_healthy, running_server


def test_a_server_that_cannot_start_is_reported_with_its_log(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="no-such-option"),
        running_server(tmp_path / "store", "--no-such-option"),
    ):
        pass


@pytest.mark.e2e
def test_the_server_answers_inside_the_block_only(tmp_path: Path) -> None:
    with running_server(tmp_path / "store") as address:
        assert is_healthy(address)
    assert not is_healthy(address)
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address, timeout=2)


def test_free_ports_are_given_by_the_system() -> None:
    assert 1024 <= free_port() <= 65535
