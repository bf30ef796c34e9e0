"""What simulated annotators send is kept, and what goes wrong is told in words."""

from __future__ import annotations

import asyncio
import http.client
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.server_load import add_images
from bench.simulated_annotators import work_together
from bench.write_load import ask
from scripts.local_server import running_server


@pytest.mark.slow
def test_every_save_that_is_counted_is_kept_and_a_refusal_is_said(tmp_path: Path) -> None:
    with running_server(tmp_path / "data") as address:
        port = int(address.rpartition(":")[2])
        image_ids = add_images(port)
        first = work_together(port, image_ids, count=3, seconds=2.1)
        second = work_together(port, image_ids, count=3, seconds=2.1)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        images = ask(connection, "GET", "/api/images")["images"]
        connection.close()
        lost = work_together(port, [99], count=2, seconds=2)
    assert not first.failures + second.failures
    saves = len(first.saves_ms) + len(second.saves_ms)
    assert sum(image["annotation_count"] for image in images) == saves >= 6
    assert not lost.saves_ms
    assert lost.failures
    for reason in lost.failures:
        assert "RefusedError" in reason
        assert "404" in reason
        assert "image_not_found" in reason


def test_a_server_that_is_not_there_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        met = work_together(taken.getsockname()[1], [1], count=2, seconds=2.1)
    assert not met.saves_ms
    assert {reason.partition(" [")[0] for reason in met.failures} <= {
        "save: ConnectionRefusedError",
        "change: ConnectionRefusedError",
    }
    assert met.failures.total() >= 2


def test_they_work_beside_a_loop_that_runs_already() -> None:
    async def work_in_a_loop() -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            met = work_together(taken.getsockname()[1], [1], count=1, seconds=0.1)
        assert not met.saves_ms

    with ThreadPoolExecutor(1) as thread:  # this one may have a loop of a driven browser
        thread.submit(asyncio.run, work_in_a_loop()).result()
