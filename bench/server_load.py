"""How many annotators one server holds: ``python -m bench.server_load --json FILE``.

Each simulated annotator saves a mask with its logits every 2 seconds, and changes the image
every 30 seconds: its annotations, its pixels and its embedding, which is ready. A step is held
if 95 of 100 saves are answered within 100 ms. Server and annotators share the machine.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import io
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

import numpy as np
from PIL import Image

from bench.harness import describe_machine
from bench.write_load import Json, ask, send_json
from sam_core.masks.rle import encode_rle
from scripts.local_server import running_server

STEPS = (25, 50, 100, 200, 350, 500)
STEP_SECONDS = 40.0
SAVE_EVERY_S, CHANGE_EVERY_S = 2.0, 30.0
HELD_P95_MS = 100.0
IMAGES = 4
_HEIGHT, _WIDTH = 480, 640
_LOGITS_SIDE = 256
_PATIENCE_S = 300.0


@dataclass(frozen=True, slots=True)
class Step:
    """What one number of annotators met.

    Attributes:
        annotators: Their number.
        saves: Answered saves.
        failures: Requests that were not answered with success.
        p50_ms: Half of the saves took no longer.
        p95_ms: 95 of 100 took no longer.
    """

    annotators: int
    saves: int
    failures: int
    p50_ms: float
    p95_ms: float

    @property
    def is_held(self) -> bool:
        """Whether that many annotators can work."""
        return self.failures == 0 and self.p95_ms < HELD_P95_MS


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and print or write its result; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.server_load", description=__doc__)
    parser.add_argument("--steps", type=int, nargs="+", default=list(STEPS), help="annotators")
    parser.add_argument("--seconds", type=float, default=STEP_SECONDS, help="of each step")
    parser.add_argument("--json", type=Path, default=None, help="file of the result")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder) / "data") as address:
        port = urlsplit(address).port or 0
        image_ids = add_images(port)
        steps = climb(options.steps, lambda count: hold(port, image_ids, count, options.seconds))
    result = summarise(steps)
    text = json.dumps(result, indent=2) + "\n"
    if options.json is not None:
        options.json.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def climb(counts: list[int], try_step: Callable[[int], Step]) -> list[Step]:
    """Return the steps up to the first one that is not held."""
    steps: list[Step] = []
    for count in counts:
        steps.append(try_step(count))
        if not steps[-1].is_held:
            break
    return steps


def summarise(steps: list[Step]) -> Json:
    """Return the largest number that was held, all steps, and the machine."""
    held = max((step.annotators for step in steps if step.is_held), default=0)
    rows = [
        {
            "annotators": step.annotators,
            "saves": step.saves,
            "failures": step.failures,
            "p50_ms": step.p50_ms,
            "p95_ms": step.p95_ms,
        }
        for step in steps
    ]
    return {"annotators_held": held, "steps": rows, "machine": describe_machine()}


def add_images(port: int) -> list[int]:
    """Add some photographs, wait for their embeddings, and return their ids.

    Raises:
        RuntimeError: If an embedding does not become ready.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    ids = []
    for number in range(IMAGES):
        head = 'Content-Disposition: form-data; name="file"; filename="a.jpg"'
        body = b"--cut\r\n" + head.encode() + b"\r\n\r\n" + _photo(number) + b"\r\n--cut--\r\n"
        kind = {"Content-Type": "multipart/form-data; boundary=cut"}
        image_id = int(ask(connection, "POST", "/api/images", body, kind)["id"])
        ask(connection, "POST", f"/api/images/{image_id}/embedding")
        ids.append(image_id)
    deadline = time.monotonic() + _PATIENCE_S
    for image_id in ids:
        while ask(connection, "GET", f"/api/images/{image_id}/embedding/state")["state"] != "ready":
            if time.monotonic() > deadline:
                raise RuntimeError(f"embeddings must be ready within {_PATIENCE_S:.0f} s")
            time.sleep(0.2)
    connection.close()
    return ids


def hold(port: int, image_ids: list[int], count: int, seconds: float) -> Step:
    """Let so many annotators work for some time and return what they met."""
    annotators = [Annotator(port, image_ids, number) for number in range(count)]
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=one.work, args=(until,)) for one in annotators]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    saves_ms = [duration for one in annotators for duration in one.saves_ms]
    cuts = quantiles(saves_ms, n=20, method="inclusive") if len(saves_ms) > 1 else [0.0] * 19
    failures = sum(one.failures for one in annotators)
    return Step(count, len(saves_ms), failures, round(cuts[9], 1), round(cuts[18], 1))


class Annotator:
    """Saves and changes images at the pace of a person.

    Args:
        port: Of the server.
        image_ids: Images to work on.
        number: Makes the moments differ, and repeatable.
    """

    def __init__(self, port: int, image_ids: list[int], number: int) -> None:
        self.saves_ms: list[float] = []
        self.failures = 0
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._image_ids = image_ids
        self._random = random.Random(number)
        self._image_id = image_ids[number % len(image_ids)]

    def work(self, until: float) -> None:
        """Work until the clock shows a time."""
        now = time.monotonic()
        next_save = now + self._random.uniform(0, SAVE_EVERY_S)
        next_change = now + self._random.uniform(0, CHANGE_EVERY_S)
        while (moment := min(next_save, next_change)) < until:
            time.sleep(max(0.0, moment - time.monotonic()))
            try:
                if next_change <= next_save:
                    next_change += CHANGE_EVERY_S
                    self._change_image()
                else:
                    next_save += SAVE_EVERY_S
                    self._save()
            except (OSError, http.client.HTTPException, RuntimeError):
                self.failures += 1
                self._connection.close()
        self._connection.close()

    def _save(self) -> None:
        body = {**_BODY, "segmentation": _mask(self._random)}
        began = time.perf_counter()
        send_json(self._connection, "POST", f"/api/images/{self._image_id}/annotations", body)
        self.saves_ms.append((time.perf_counter() - began) * 1000)

    def _change_image(self) -> None:
        self._image_id = self._random.choice(self._image_ids)
        for name in ("annotations", "pixels", "embedding"):
            self._connection.request("GET", f"/api/images/{self._image_id}/{name}")
            answer = self._connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{name} must be answered, got {answer.status}")


_LOGITS = np.linspace(-9, 9, _LOGITS_SIDE**2).astype("<f2").tobytes()
_BODY: Json = {
    "category_id": 1,
    "prompts": {"points": [{"x": 320.5, "y": 240.5, "label": 1}], "box": None},
    "low_res_logits": {
        "shape": [_LOGITS_SIDE, _LOGITS_SIDE],
        "data": base64.b64encode(_LOGITS).decode("ascii"),
    },
    "predicted_iou": 0.9,
}


def _mask(draw: random.Random) -> Json:
    rows, columns = np.ogrid[:_HEIGHT, :_WIDTH]
    radius = draw.randrange(20, 120)
    top, left = draw.randrange(_HEIGHT), draw.randrange(_WIDTH)
    return dict(encode_rle((rows - top) ** 2 + (columns - left) ** 2 <= radius**2))


def _photo(number: int) -> bytes:
    buffer = io.BytesIO()
    pixels = np.random.default_rng(number).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    Image.fromarray(pixels).resize((_WIDTH, _HEIGHT)).save(buffer, "JPEG")
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
