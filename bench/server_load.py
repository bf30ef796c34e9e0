"""How many annotators one server holds: ``python -m bench.server_load --json FILE``.

Each simulated annotator saves a mask with its logits every 2 seconds, and changes the image
every 30 seconds: its annotations, its pixels and its embedding, which is ready. A step is held
if no request fails and 95 of 100 saves are answered within 100 ms. Server and annotators share
the machine; `generator_cpu` and `server_cpu` say how many cores each of them used.
"""

from __future__ import annotations

import argparse
import http.client
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

import numpy as np
from PIL import Image

from bench.harness import describe_machine
from bench.simulated_annotators import HEIGHT, WIDTH, work_together
from bench.write_load import Json, ask
from scripts.local_server import running_server

STEPS = (25, 50, 100, 200, 350, 500)
STEP_SECONDS = 40.0
HELD_P95_MS = 100.0
IMAGES = 4
_SHOWN_REASONS = 5
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
        generator_cpu: Cores that the annotators kept busy.
        server_cpu: Cores that the server kept busy.
        reasons: What failed, in words, and how often.
    """

    annotators: int
    saves: int
    failures: int
    p50_ms: float
    p95_ms: float
    generator_cpu: float = 0.0
    server_cpu: float = 0.0
    reasons: dict[str, int] = field(default_factory=dict)

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
    rows = [asdict(step) for step in steps]
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
    began, own, children = time.monotonic(), time.process_time(), cpu_of_children()
    met = work_together(port, image_ids, count, seconds)
    passed = time.monotonic() - began
    saves_ms = met.saves_ms
    cuts = quantiles(saves_ms, n=20, method="inclusive") if len(saves_ms) > 1 else [0.0] * 19
    return Step(
        count,
        len(saves_ms),
        met.failures.total(),
        round(cuts[9], 1),
        round(cuts[18], 1),
        round((time.process_time() - own) / passed, 2),
        round((cpu_of_children() - children) / passed, 2),
        dict(met.failures.most_common(_SHOWN_REASONS)),
    )


def cpu_of_children() -> float:
    """Return the processor time of the running programs that this one started, in seconds.

    Only Linux tells; elsewhere it is 0.
    """
    ticks = 0
    for path in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        for child in path.read_text(encoding="ascii").split():
            fields = Path(f"/proc/{child}/stat").read_text(encoding="ascii").rpartition(")")[2]
            ticks += sum(int(number) for number in fields.split()[11:13])
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def _photo(number: int) -> bytes:
    buffer = io.BytesIO()
    pixels = np.random.default_rng(number).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    Image.fromarray(pixels).resize((WIDTH, HEIGHT)).save(buffer, "JPEG")
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
