"""Annotators at the pace of people, all in one thread, so that they leave the processor alone.

What they send is made before they start, and what they get is read to its end but not parsed.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from bench.write_load import Json
from sam_core.masks.rle import encode_rle

SAVE_EVERY_S, CHANGE_EVERY_S = 2.0, 30.0
HEIGHT, WIDTH = 480, 640
_LOGITS_SIDE = 256
_MASKS = 64
_PATIENCE_S = 30.0
_CREATED, _OK = 201, 200


class RefusedError(Exception):
    """An answer that is not the expected one."""


@dataclass
class Met:
    """What some annotators met.

    Attributes:
        saves_ms: Time from sending a save to the end of its answer, one for each.
        failures: What went wrong instead, in words, with how often.
    """

    saves_ms: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)


def work_together(port: int, image_ids: list[int], count: int, seconds: float) -> Met:
    """Let so many annotators work side by side and return what they met.

    In a thread of its own, for the caller's may have a loop already: a driven browser has one.

    Args:
        port: Of the server on this machine.
        image_ids: Images to work on, with their embeddings.
        count: Number of annotators.
        seconds: How long.
    """
    with ThreadPoolExecutor(1, "annotators") as thread:
        work = _work_together(port, image_ids, count, seconds)
        return thread.submit(asyncio.run, work).result()


async def _work_together(port: int, image_ids: list[int], count: int, seconds: float) -> Met:
    met, bodies = Met(), [_body(number) for number in range(_MASKS)]
    until = time.monotonic() + seconds
    annotators = [Annotator(port, image_ids, bodies, number, met) for number in range(count)]
    await asyncio.gather(*(annotator.work(until) for annotator in annotators))
    return met


class Annotator:
    """Saves and changes images on one connection that stays open, as a browser does.

    Args:
        port: Of the server.
        image_ids: Images to work on.
        bodies: New annotations as JSON, without the end: each gets a key of its own.
        number: Makes the moments differ, and repeatable.
        met: Where to note what happens.
    """

    def __init__(
        self, port: int, image_ids: list[int], bodies: list[bytes], number: int, met: Met
    ) -> None:
        self._port = port
        self._image_ids = image_ids
        self._bodies = bodies
        self._random = random.Random(number)
        self._image_id = image_ids[number % len(image_ids)]
        self._met = met
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def work(self, until: float) -> None:
        """Work until the clock shows a time."""
        now = time.monotonic()
        next_save = now + self._random.uniform(0, SAVE_EVERY_S)
        next_change = now + self._random.uniform(0, CHANGE_EVERY_S)
        while (moment := min(next_save, next_change)) < until:
            await asyncio.sleep(max(0.0, moment - time.monotonic()))
            if next_change <= next_save:
                next_change += CHANGE_EVERY_S
                await self._try("change", self._change_image)
            else:
                next_save += SAVE_EVERY_S
                await self._try("save", self._save)
        self._disconnect()

    async def _try(self, name: str, what: Callable[[], Awaitable[None]]) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await what()
        except (OSError, EOFError, RefusedError) as error:
            # A time-out has no text of its own.
            self._met.failures[f"{name}: {type(error).__name__} {error}".rstrip()] += 1
            self._disconnect()

    async def _save(self) -> None:
        key = str(uuid.uuid4())  # repeated in the next step, it would ask for the same annotation
        body = self._random.choice(self._bodies) + f', "client_key": "{key}"}}'.encode()
        began = time.perf_counter()
        await self._ask("POST", f"{self._image_id}/annotations?without=logits", _CREATED, body)
        self._met.saves_ms.append((time.perf_counter() - began) * 1000)

    async def _change_image(self) -> None:
        self._image_id = self._random.choice(self._image_ids)
        for name in ("annotations", "pixels", "embedding"):
            await self._ask("GET", f"{self._image_id}/{name}", _OK)

    async def _ask(self, method: str, path: str, expected: int, body: bytes = b"") -> None:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        head = f"{method} /api/images/{path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
        if body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        writer.write(head.encode() + b"\r\n" + body)
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, content = int(lines[0].split()[1]), await _read(reader, lines[1:])
        if status != expected:
            raise RefusedError(f"{method} {path}: {status} {content[:300]!r}")

    def _disconnect(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _read(reader: asyncio.StreamReader, headers: list[str]) -> bytes:
    """Read an answer to its end and return its last part.

    Raises:
        EOFError: If the connection ends before it.
    """
    fields = dict(line.lower().split(": ", 1) for line in headers if line)
    left, part = int(fields["content-length"]), b""
    while left:
        part = await reader.read(min(left, 2**20))
        if not part:
            raise EOFError(f"an answer must have {left} bytes more")
        left -= len(part)
    return part


def _body(number: int) -> bytes:
    values: Json = {
        "category_id": 1,
        "prompts": {"points": [{"x": 320.5, "y": 240.5, "label": 1}], "box": None},
        "low_res_logits": {
            "shape": [_LOGITS_SIDE, _LOGITS_SIDE],
            "data": base64.b64encode(_logits()).decode("ascii"),
        },
        "predicted_iou": 0.9,
        "segmentation": _mask(random.Random(number)),
    }
    return json.dumps(values).encode().removesuffix(b"}")


def _logits() -> bytes:
    return np.linspace(-9, 9, _LOGITS_SIDE**2).astype("<f2").tobytes()


def _mask(draw: random.Random) -> Json:
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    radius = draw.randrange(20, 120)
    top, left = draw.randrange(HEIGHT), draw.randrange(WIDTH)
    return dict(encode_rle((rows - top) ** 2 + (columns - left) ** 2 <= radius**2))
