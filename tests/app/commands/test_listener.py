"""How many browsers are answered at once."""

from __future__ import annotations

import http.client
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.commands import listener
from app.config import AppConfig


@pytest.fixture
def port() -> Iterator[int]:
    """Return the port of a server that answers with a word."""
    app = Flask("words")
    app.add_url_rule("/", view_func=lambda: "here")
    server, stop = listener.bind(app, AppConfig(port=0)), threading.Event()
    thread = threading.Thread(target=_run, args=(server, stop))
    thread.start()
    yield int(server.effective_port)
    stop.set()
    thread.join()
    server.task_dispatcher.shutdown()
    server.asyncore.close_all(server._map)


def _run(server: Any, stop: threading.Event) -> None:
    with_poll = server.adj.asyncore_use_poll
    while not stop.is_set():
        server.asyncore.loop(timeout=0.05, use_poll=with_poll, map=server._map, count=1)


def test_connections_that_stay_open_keep_nobody_out(port: int) -> None:
    connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=10) for _ in range(150)]
    try:
        for connection in connections:
            connection.request("GET", "/")
            assert connection.getresponse().read() == b"here"
    finally:
        for connection in connections:
            connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no descriptors")
@pytest.mark.parametrize(
    ("soft", "hard", "asked", "limit"),
    [
        (1024, 2000, 2000, 1744),
        (256, -1, 4256, 4000),
        (20_000, 20_000, None, 4000),
        (100, 100, None, 1),
    ],
)
def test_there_are_as_many_connections_as_the_system_allows(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, asked: int | None, limit: int
) -> None:
    set_limits: list[tuple[int, int]] = []
    monkeypatch.setattr("resource.getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr("resource.setrlimit", lambda _, limits: set_limits.append(limits))
    assert listener.connection_limit() == limit
    assert set_limits == ([] if asked is None else [(asked, hard)])
