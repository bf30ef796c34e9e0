"""The socket that the server listens on, and how many browsers it holds at once."""

import logging
import socket
import sys
from typing import Any

import waitress
from flask import Flask

from app.config import AppConfig
from app.errors import StartUpError

if sys.platform != "win32":
    import resource

MOST_CONNECTIONS = 4000
# Files, databases and the embeddings that are being sent need descriptors too.
_OTHER_DESCRIPTORS = 256
# Without poll, as on Windows, a connection beyond the first 512 descriptors cannot be watched.
_MOST_WITHOUT_POLL = 400
_WORKERS = 8
_PIECE_BYTES = 256 * 1024
_LAST_BARRIER_BYTES = 4 * 1024**3


def bind(app: Flask, config: AppConfig) -> Any:
    """Return a server that listens, and answers once its ``run`` is called.

    A browser holds up to six connections open. One beyond the limit is neither answered nor
    refused until another one ends, so the limit is what the system allows.

    Args:
        app: The WSGI application.
        config: Where to listen.

    Raises:
        StartUpError: If it cannot listen there.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        listener = socket.create_server((config.host, config.port), family=family)
    except OSError as error:
        raise StartUpError(
            f"the server must be able to listen on {config.host} port {config.port}, "
            f"got: {error.strerror}; stop the program that uses it or choose another --port"
        ) from error
    # It warns of every request that waits for a thread, which is what a queue is for.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    return waitress.create_server(
        app,
        sockets=[listener],
        threads=_WORKERS,
        ident="Maskwright",
        connection_limit=connection_limit(),
        asyncore_use_poll=True,
        # A saved mask comes in few pieces, each of which waits for the interpreter.
        recv_bytes=_PIECE_BYTES,
        # Flask refuses earlier and in the one error shape; this is only the last barrier.
        max_request_body_size=max(_LAST_BARRIER_BYTES, 2 * config.max_upload_bytes),
    )


def connection_limit() -> int:
    """Return how many connections may be open, after asking the system for as many as it gives."""
    if sys.platform == "win32":
        return _MOST_WITHOUT_POLL
    wanted = MOST_CONNECTIONS + _OTHER_DESCRIPTORS
    soft, hard = (_as_number(limit) for limit in resource.getrlimit(resource.RLIMIT_NOFILE))
    allowed = min(wanted, hard)
    if soft < allowed:
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (allowed, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
        )
    return max(1, allowed - _OTHER_DESCRIPTORS)


def _as_number(limit: int) -> int:
    return sys.maxsize if limit == resource.RLIM_INFINITY else limit
