"""Our COCO export against datumaro's, on the same masks, taking turns."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from statistics import median
from typing import Any

from app.domain.export import ExportOptions
from app.services.export_service import ExportService
from app.storage.database import Database
from bench.format_store import fill_store

MASKS_PER_IMAGE = 20
_WORKER = Path(__file__).with_name("datumaro_worker.py")


def compare_exports(place: Path, masks: int, rounds: int, interpreter: Path) -> dict[str, object]:
    """Return how long both take for the same masks, and how often ours fits into theirs.

    Ours reads the database, writes the file, reads it back and compares every mask; theirs has
    the masks in memory and only writes.

    Args:
        place: An empty folder.
        masks: How many.
        rounds: Runs of each.
        interpreter: Python of an environment that has datumaro.

    Raises:
        RuntimeError: If datumaro fails, or wrote another number of masks.
    """
    database = Database(place / "compared.sqlite3")
    fill_store(database, max(1, masks // MASKS_PER_IMAGE), min(masks, MASKS_PER_IMAGE))
    exports = ExportService(database, place / "compared")
    ours, theirs = [], []
    answer: dict[str, Any] = {}
    for number in range(rounds):
        begin = time.perf_counter()
        export = exports.make(ExportOptions())
        ours.append(time.perf_counter() - begin)
        answer = run_datumaro(interpreter, export.file.path, place / f"datumaro-{number}")
        theirs.append(answer["seconds"])
        exports.discard(export)
    exports.close()
    database.close()
    return {
        "ratio_datumaro": round(median(theirs) / median(ours), 2),
        "compared_masks": masks,
        "compared_export_s": round(median(ours), 2),
        "compared_datumaro_s": round(median(theirs), 2),
        "datumaro": answer["version"],
    }


def run_datumaro(interpreter: Path, source: Path, folder: Path) -> dict[str, Any]:
    """Let datumaro export a COCO file and return what its worker says.

    Raises:
        RuntimeError: If it fails, or wrote another number of masks than it got.
    """
    done = subprocess.run(
        [str(interpreter), str(_WORKER), str(source), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"datumaro must export {source}, got: {done.stderr[-2000:]}")
    written = sum(_count(path) for path in folder.rglob("*.json"))
    if written != _count(source):
        raise RuntimeError(f"datumaro must write {_count(source)} masks, got {written}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _count(path: Path) -> int:
    return len(json.loads(path.read_text(encoding="utf-8"))["annotations"])
