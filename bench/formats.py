"""How fast masks leave and come back, and whether all of them do.

``python -m bench.formats --json`` writes ``bench/results/formats.json``. Without options it takes
1,000,000 masks of 50,000 images, which needs minutes and 2 GB of disk.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pycocotools.coco import COCO

from app.domain.dataset_import import ForeignMask
from app.domain.export import ExportOptions
from app.domain.image_record import NewImage
from app.domain.object_details import ObjectDetails
from app.importers.coco import CocoReader
from app.services.exact_mask import from_pixels
from app.services.export_service import ExportService
from app.services.import_service import ImportService, StagedFile
from app.storage.annotation_import import AnnotationImport, CheckedMask
from app.storage.database import Database
from app.storage.dataset_reader import open_dataset
from app.storage.image_store import ImageStore
from bench.compare_exports import compare_exports
from bench.format_store import awkward_masks, fill_store
from bench.harness import RESULTS, describe_machine
from sam_core.masks.rle import decode_rle


def main(arguments: list[str] | None = None) -> int:
    """Measure, show, and with ``--json`` write the result; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.formats", description=__doc__)
    parser.add_argument("--json", action="store_true", help="write bench/results/formats.json")
    parser.add_argument("--images", type=int, default=50_000)
    parser.add_argument("--masks-per-image", type=int, default=20)
    parser.add_argument("--round-trips", type=int, default=2_000, help="generated masks")
    parser.add_argument("--annotations", type=Path, help="COCO file to be taken there and back")
    parser.add_argument("--datumaro", type=Path, help="Python of an environment that has datumaro")
    parser.add_argument("--compared-masks", type=int, default=100_000, help="with datumaro")
    parser.add_argument("--rounds", type=int, default=3, help="with datumaro")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        found = measure_speed(place, options.images, options.masks_per_image)
        found |= measure_round_trip(place, options.round_trips, options.annotations)
        if options.datumaro is not None:
            wanted = (options.compared_masks, options.rounds, options.datumaro)
            found |= compare_exports(place, *wanted)
    result = {"machine": describe_machine(), **found}
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    if options.json:
        text = json.dumps(result, indent=2) + "\n"
        (RESULTS / "formats.json").write_text(text, encoding="utf-8")
    return 0


def measure_speed(place: Path, images: int, masks_per_image: int) -> dict[str, object]:
    """Return speed and memory of an export and of the import of the same file."""
    full, empty = Database(place / "full.sqlite3"), Database(place / "empty.sqlite3")
    fill_store(full, images, masks_per_image)
    fill_store(empty, images, 0)
    masks = images * masks_per_image
    exports, imports = ExportService(full, place / "out"), ImportService(empty, place / "in")
    resting = reset_peak_mb()
    begin, cpu = time.perf_counter(), time.process_time()
    export = exports.make(ExportOptions())
    export_s, export_cpu_s = time.perf_counter() - begin, time.process_time() - cpu
    peak = peak_mb()
    begin, cpu = time.perf_counter(), time.process_time()
    staged = StagedFile(export.file.path, "annotations.json", None)
    report = imports.run(staged, is_dry_run=False).report
    import_s, import_cpu_s = time.perf_counter() - begin, time.process_time() - cpu
    found: dict[str, object] = {
        "annotations": masks,
        "images": images,
        "megabytes": round(export.file.path.stat().st_size / 1e6, 1),
        "export_masks_per_s": round(masks / export_s),
        "export_masks_per_cpu_s": round(masks / export_cpu_s),
        "export_peak_mb": round(peak - resting, 1),
        "export_peak_with_program_mb": round(peak, 1),
        "import_masks_per_s": round(report.added / import_s),
        "import_masks_per_cpu_s": round(report.added / import_cpu_s),
    }
    exports.close()
    imports.close()
    full.close()
    empty.close()
    return found


def measure_round_trip(place: Path, count: int, annotations: Path | None) -> dict[str, object]:
    """Return how many masks were exported, read by pycocotools, imported, and differ.

    Args:
        place: An empty folder.
        count: Generated masks: rings, islands, single pixels, borders, full ones.
        annotations: A COCO file whose masks are taken too; it may be packed by gzip.
    """
    sources = chain(awkward_masks(count), masks_of_file(annotations, place))
    first, second = Database(place / "first.sqlite3"), Database(place / "second.sqlite3")
    masks = [keep(first, number, mask) for number, mask in enumerate(sources, start=1)]
    for number, (height, width, _) in enumerate(masks, start=1):
        add_image(second, number, height, width)
    exports, imports = ExportService(first, place / "o"), ImportService(second, place / "i")
    path = exports.make(ExportOptions()).file.path
    coco = COCO(str(path))
    imports.run(StagedFile(path, "", None), is_dry_run=False)
    with open_dataset(second) as dataset:
        back = {mask.image_id: mask for mask in dataset.masks()}
    wrong = 0
    for number, (height, width, counts) in enumerate(masks, start=1):
        expected = decode_rle({"size": [height, width], "counts": counts})
        read = coco.annToMask(coco.anns[number]).astype(np.bool_)
        returned = back.get(number)
        is_same = returned is not None and np.array_equal(decode_rle(returned.coco_rle), expected)
        wrong += not (is_same and np.array_equal(read, expected))
    for part in (exports, imports, first, second):
        part.close()
    return {"roundtrip_masks": len(masks), "roundtrip_mismatch": wrong}


def keep(database: Database, number: int, mask: NDArray[np.bool_]) -> tuple[int, int, str]:
    """Keep a mask on an image of its own and return its size and code."""
    code, measures = from_pixels(mask)
    add_image(database, number, code.height, code.width)
    kept = CheckedMask(number, 1, code.height, code.width, code.counts, measures, ObjectDetails())
    AnnotationImport(database, None).add([kept])
    return code.height, code.width, code.counts


def add_image(database: Database, number: int, height: int, width: int) -> None:
    """Add the record of an image whose pixels are never asked for."""
    name, sha256 = f"{number}.jpg", f"{number:064x}"
    image = NewImage(name, width, height, sha256, 1, "image/jpeg", "image/jpeg", True)
    ImageStore(database).add(image)


def masks_of_file(path: Path | None, place: Path) -> Iterator[NDArray[np.bool_]]:
    """Give the masks of a COCO file, whatever form they have there.

    Args:
        path: The file, packed by gzip or not.
        place: Where it is unpacked.

    Yields:
        A mask.
    """
    if path is None:
        return
    if path.suffix == ".gz":
        unpacked = place / "annotations.json"
        with gzip.open(path) as packed, unpacked.open("wb") as file:
            shutil.copyfileobj(packed, file)
        path = unpacked
    reader = CocoReader(path)
    for mask in reader.masks(reader.head()):
        if isinstance(mask, ForeignMask):
            yield decode_rle({"size": [mask.height, mask.width], "counts": mask.counts})


def reset_peak_mb() -> float:
    """Forget the peak of this process's memory (Linux) and return what it holds now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak_mb()


def peak_mb() -> float:
    """Return the peak of this process's memory."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (line,) = [line for line in lines if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
