"""A client of a server in the same process, for benchmarks and tests."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class BufferedClient(FlaskClient):
    """A client that reads every answer to its end and closes what it sent: no file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request, described as `FlaskClient.open` takes it, and return the whole answer."""
        answer = super().open(*args, **{"buffered": True, **kwargs})
        # Werkzeug writes a large form to a temporary file and leaves its closing to the collector.
        answer.request.environ["wsgi.input"].close()
        return answer
