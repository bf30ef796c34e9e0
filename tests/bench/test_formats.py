"""The benchmark of the formats measures a small store and finds every mask again."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from bench.formats import measure_round_trip, measure_speed
from tests.helpers.coco_files import annotation, coco, compressed, rectangle, uncompressed


def test_every_mask_comes_back(tmp_path: Path) -> None:
    found = measure_round_trip(tmp_path, 10, None)
    assert found == {"roundtrip_masks": 10, "roundtrip_mismatch": 0}


def test_every_mask_of_a_packed_file_comes_back_in_whatever_form_it_stands_there(
    tmp_path: Path,
) -> None:
    pixels = rectangle(5, 4, 20, 12)
    document = coco(
        annotation(compressed(pixels)),
        annotation(uncompressed(pixels)),
        annotation([[5, 4, 20, 4, 20, 12, 5, 12]]),
        annotation(None),
    )
    path = tmp_path / "foreign.json.gz"
    path.write_bytes(gzip.compress(json.dumps(document).encode()))
    found = measure_round_trip(tmp_path, 5, path)
    assert found == {"roundtrip_masks": 8, "roundtrip_mismatch": 0}


def test_speed_and_memory_are_measured(tmp_path: Path) -> None:
    found = measure_speed(tmp_path, 3, 2)
    assert (found["annotations"], found["images"]) == (6, 3)
    assert all(
        isinstance(value, int) and value > 0 for name, value in found.items() if "_per_" in name
    )
