"""Send broken and hostile files to a server and look whether each is refused cleanly.

``python -m bench.hostile_files --json FILE``. Clean means: a refusal with a code, or the file
was sound after all and everything that is made of it can be fetched; never a failure of the
server, and the store is whole afterwards.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from flask.testing import FlaskClient
from PIL import Image

from app.context import AppContext
from app.domain.annotation import AnnotationContent
from app.domain.dataset_import import ImportFormat
from app.domain.export import ExportFormat, ExportOptions
from app.errors import StartUpError
from app.services.backup_file import Scope, opened_backup
from app.services.exact_mask import from_pixels
from app.services.store_backup import write_backup
from app.services.store_doctor import examine
from bench.buffered_client import BufferedClient
from bench.fuzz import make_server
from bench.harness import describe_machine
from bench.hostile_archives import hostile_archives
from bench.hostile_inputs import (
    Hostile,
    hostile_annotation_files,
    hostile_backups,
    hostile_bodies,
    hostile_images,
)

_PATIENCE_S = 60.0
_SERVER_FAULT = 500


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark, print or write its result, and return 1 if anything was not clean."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile_files", description=__doc__)
    parser.add_argument("--json", type=Path, default=None, help="file of the result")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = try_all(Path(folder))
    result |= {"seconds": round(time.monotonic() - began, 1), "machine": describe_machine()}
    text = json.dumps(result, indent=2) + "\n"
    if options.json is not None:
        options.json.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 1 if result["not_refused_cleanly"] else 0


def try_all(folder: Path) -> dict[str, Any]:
    """Return how many files were tried, by kind, and which were not refused cleanly.

    Args:
        folder: An empty one.
    """
    app = make_server(folder)
    context: AppContext = app.extensions["maskwright"]
    app.test_client_class = BufferedClient
    client, tried, unclean = app.test_client(), Counter[str](), list[str]()
    try:
        image_id = send_image(client, _photo())[1].json["id"]
        for box in ((5, 4, 20, 12), (10, 8, 30, 20)):
            keep_mask(context, image_id, box)
        ways: dict[str, Callable[[bytes], str]] = {
            "image": lambda content: image_problem(client, content),
            "annotations": lambda content: import_problem(client, content),
            "body": lambda content: body_problem(client, image_id, content),
            "backup": lambda content: backup_problem(folder, content),
        }
        write_backup(context.store, folder / "good.zip")
        backup = (folder / "good.zip").read_bytes()
        for hostile in (*_everything(backup), *hostile_archives(_exports(context))):
            tried[hostile.kind] += 1
            problem = ways[hostile.kind](hostile.content)
            if problem:
                unclean.append(f"{hostile.kind}: {hostile.name}: {problem}")
        unclean += [f"store: {one.what}" for one in examine(context.store) if not one.is_harmless]
    finally:
        context.close()
    return {
        "hostile_files": sum(tried.values()),
        "not_refused_cleanly": len(unclean),
        "by_kind": dict(tried),
        "problems": unclean[:20],
    }


def image_problem(client: FlaskClient, content: bytes) -> str:
    """Return what is wrong with the answer to an image, or nothing."""
    status, answer = send_image(client, content)
    if status >= 400:
        return _refusal_problem(answer)
    for name in ("pixels", "thumbnail", "original"):
        fetched = client.get(f"/api/images/{answer.json['id']}/{name}")
        if fetched.status_code != 200:
            return f"it was taken, but its {name} is answered with {fetched.status_code}"
    return ""


def import_problem(client: FlaskClient, content: bytes) -> str:
    """Return what is wrong with the import of an annotation file, or nothing."""
    form = {"file": (io.BytesIO(content), "annotations.json")}
    answer = client.post("/api/imports", data=form)
    if answer.status_code >= 400:
        return _refusal_problem(answer)
    job = dict(answer.json or {})
    deadline = time.monotonic() + _PATIENCE_S
    while job["state"] not in ("done", "failed"):
        if time.monotonic() > deadline:
            return "it was not read in time"
        time.sleep(0.005)
        job = dict(client.get(f"/api/imports/{job['id']}").json or {})
    is_fault = job["state"] == "failed" and job["error"]["code"].endswith(("_error", "_failed"))
    return f"the import failed with {job['error']['code']}" if is_fault else ""


def body_problem(client: FlaskClient, image_id: int, content: bytes) -> str:
    """Return what is wrong with the answer to a body of a new annotation, or nothing."""
    address = f"/api/images/{image_id}/annotations"
    answer = client.post(address, data=content, content_type="application/json")
    return _refusal_problem(answer) if answer.status_code >= 400 else ""


def backup_problem(folder: Path, content: bytes) -> str:
    """Return what is wrong with opening a backup, or nothing."""
    path = folder / "hostile.zip"
    path.write_bytes(content)
    try:
        with opened_backup(path, Scope.STORE):
            return ""  # the change was in a place that nobody reads
    except StartUpError as refusal:
        return "" if "\n" not in str(refusal) else "the refusal has more than one line"


def send_image(client: FlaskClient, content: bytes) -> tuple[int, Any]:
    """Upload a file as a browser does and return the status and the answer."""
    answer = client.post("/api/images", data={"file": (io.BytesIO(content), "photo.png")})
    return answer.status_code, answer


def keep_mask(context: AppContext, image_id: int, box_xyxy: tuple[int, int, int, int]) -> None:
    """Keep a rectangle on an image, so that exports are not empty."""
    left, top, right, bottom = box_xyxy
    pixels = np.zeros(context.images.get(image_id).size_hw, dtype=np.bool_)
    pixels[top:bottom, left:right] = True
    mask, _ = from_pixels(pixels)
    context.annotations.add(image_id, AnnotationContent(1, mask))


def _everything(backup: bytes) -> list[Hostile]:
    return [
        *hostile_images(),
        *hostile_annotation_files(),
        *hostile_bodies(),
        *hostile_backups(backup),
    ]


def _exports(context: AppContext) -> dict[str, bytes]:
    """Return what is kept as an archive of each format that can be imported."""
    wholes = {}
    for kind in ImportFormat:
        export = context.exports.make(ExportOptions(ExportFormat(kind.value), with_provenance=True))
        wholes[kind.value] = export.file.path.read_bytes()
        context.exports.discard(export)
    return wholes


def _refusal_problem(answer: Any) -> str:
    error = (answer.json or {}).get("error", {})
    if answer.status_code >= _SERVER_FAULT or set(error) != {"code", "message", "hint"}:
        return f"it is answered with {answer.status_code} and {answer.text[:200]}"
    return ""


def _photo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (48, 32), "green").save(buffer, "PNG")
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
