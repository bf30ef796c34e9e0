"""What a client sends and gets leaves no file open."""

from __future__ import annotations

import io

from flask import Flask, request

from bench.buffered_client import BufferedClient

LARGE = bytes(1_000_000)


def test_a_large_form_and_its_answer_are_closed() -> None:
    app = Flask(__name__)

    @app.post("/")
    def _same_again() -> bytes:
        content: bytes = request.files["file"].read()
        return content

    answer = BufferedClient(app).post("/", data={"file": (io.BytesIO(LARGE), "large.bin")})
    assert answer.data == LARGE
    assert answer.request.environ["wsgi.input"].closed
