"""Annotators that write as fast as they can, and remember every answer."""

from __future__ import annotations

import http.client
import io
import json
import random
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image

from sam_core.masks.rle import encode_rle

SIDE = 64
Json = dict[str, Any]


@dataclass
class Expected:
    """What one annotation must be.

    Attributes:
        key: The client's own key.
        image_id: Its image.
        saved: As the last answer gave it; ``None`` until one came.
        pending: What a request asked for whose answer did not come: it may be saved or not.
    """

    key: str
    image_id: int
    saved: Json | None = None
    pending: Json | None = None


@dataclass
class Writer:
    """One annotator with what was answered.

    Attributes:
        seed: Makes the masks and choices repeatable.
        annotations: All that it ever sent.
        images: Originals that were answered, by id.
        answers: Number of acknowledged writes.
    """

    seed: int
    annotations: list[Expected] = field(default_factory=list)
    images: dict[int, bytes] = field(default_factory=dict)
    answers: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def run(self, port: int, stop: threading.Event) -> None:
        """Write until the server is gone or ``stop`` is set."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            while not stop.is_set():
                self._step(connection)
        except (OSError, http.client.HTTPException):
            pass  # killed, as it was meant; what was pending stays noted
        finally:
            connection.close()

    def _step(self, connection: http.client.HTTPConnection) -> None:
        choice = self._random.random()
        if not self.images or choice < 0.05:
            self._upload(connection)
        elif choice < 0.6 or not self.annotations:
            self._create(connection)
        else:
            self._change(connection, self._random.choice(self.annotations))

    def _upload(self, connection: http.client.HTTPConnection) -> None:
        photo = self._photo()
        head = 'Content-Disposition: form-data; name="file"; filename="a.png"'
        body = b"--cut\r\n" + head.encode() + b"\r\n\r\n" + photo + b"\r\n--cut--\r\n"
        kind = "multipart/form-data; boundary=cut"
        answer = ask(connection, "POST", "/api/images", body, {"Content-Type": kind})
        self.images[int(answer["id"])] = photo
        self.answers += 1

    def _create(self, connection: http.client.HTTPConnection) -> None:
        image_id = self._random.choice(list(self.images))
        expected = Expected(str(uuid.UUID(int=self._random.getrandbits(128))), image_id)
        expected.pending = {"segmentation": self._mask(), "revision": 1}
        self.annotations.append(expected)
        self._send_creation(connection, expected)

    def _send_creation(self, connection: http.client.HTTPConnection, expected: Expected) -> None:
        assert expected.pending is not None
        wanted = {"category_id": 1, "client_key": expected.key}
        body = {**wanted, "segmentation": expected.pending["segmentation"]}
        answer = send_json(connection, "POST", f"/api/images/{expected.image_id}/annotations", body)
        self._note(expected, answer)

    def _change(self, connection: http.client.HTTPConnection, expected: Expected) -> None:
        if expected.saved is None:  # the same creation once more, as the page does it
            self._send_creation(connection, expected)
            return
        if expected.pending is not None:  # which of the two is saved is looked at first
            self._note(expected, ask(connection, "GET", f"/api/annotations/{expected.saved['id']}"))
            return
        revision = int(expected.saved["revision"])
        expected.pending = {"segmentation": self._mask(), "revision": revision + 1}
        body = {"segmentation": expected.pending["segmentation"]}
        address = f"/api/annotations/{expected.saved['id']}"
        headers = {"If-Match": f'"{revision}"'}
        self._note(expected, send_json(connection, "PATCH", address, body, headers))

    def _note(self, expected: Expected, answer: Json) -> None:
        expected.saved, expected.pending = answer, None
        self.answers += 1

    def _mask(self) -> Json:
        pixels = np.zeros((SIDE, SIDE), dtype=np.bool_)
        left, top = self._random.randrange(SIDE - 8), self._random.randrange(SIDE - 8)
        pixels[top : top + self._random.randrange(1, 8), left : left + 5] = True
        return dict(encode_rle(pixels))

    def _photo(self) -> bytes:
        noise = np.random.default_rng(self._random.getrandbits(32))
        buffer = io.BytesIO()
        pixels = noise.integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(buffer, "PNG", compress_level=1)
        return buffer.getvalue()


def is_kept(expected: Expected, found: Json | None) -> bool:
    """Return whether what is found is what was answered, or what was asked for after that."""
    if found is None:
        return expected.saved is None
    accepted = [state for state in (expected.saved, expected.pending) if state is not None]
    return any(
        found["segmentation"] == state["segmentation"] and found["revision"] == state["revision"]
        for state in accepted
    )


def send_json(
    connection: http.client.HTTPConnection,
    method: str,
    address: str,
    body: Json,
    headers: dict[str, str] | None = None,
) -> Json:
    """Send JSON and return the answer."""
    kind = {"Content-Type": "application/json"}
    return ask(connection, method, address, json.dumps(body).encode(), {**kind, **(headers or {})})


def ask(
    connection: http.client.HTTPConnection,
    method: str,
    address: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> Json:
    """Return the JSON of an answer.

    Raises:
        RuntimeError: If the server refuses; nothing here gives it a reason to.
    """
    connection.request(method, address, body, headers or {})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status >= 400:
        raise RuntimeError(f"{method} {address} must succeed, got {answer.status}: {content!r}")
    return dict(json.loads(content))
